"""Create, read, list, update and delete with Asana's library. Run with it: URL TOKEN."""

import sys

import asana
from asana.rest import ApiException

url, token = sys.argv[1:3]
settings = asana.Configuration()
settings.host, settings.access_token = url, token
client = asana.ApiClient(settings)
projects, tasks = asana.ProjectsApi(client), asana.TasksApi(client)


def refused(call, *asked):
    try:
        call(*asked)
    except ApiException as error:
        return error.status
    raise AssertionError("it was not refused")


project = projects.create_project({"data": {"name": "Move"}}, {})
for name in ("pack", "load", "drive"):
    task = tasks.create_task({"data": {"name": name, "projects": [project["gid"]]}}, {})
assert tasks.get_task(task["gid"], {})["name"] == "drive"
changed = tasks.update_task({"data": {"name": "fly", "completed": True}}, task["gid"], {})
assert (changed["name"], changed["completed"]) == ("fly", True)
# In pages of two, which the library turns by itself.
listed = tasks.get_tasks({"project": project["gid"], "limit": 2})
assert sorted(one["name"] for one in listed) == ["fly", "load", "pack"]

assert tasks.delete_task(task["gid"]) == {}
assert refused(tasks.get_task, task["gid"], {}) == 404
