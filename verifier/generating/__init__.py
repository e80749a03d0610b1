"""Operations in, valid requests and requests broken in one way out."""
