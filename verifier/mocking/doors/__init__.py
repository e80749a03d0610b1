"""Ways in, one a file: a socket, an ASGI application, an httpx transport."""
