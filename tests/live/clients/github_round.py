"""Create, read, list, update and delete with PyGithub. Run with it: URL TOKEN."""

import sys

import github

url, token = sys.argv[1:3]
hub = github.Github(base_url=url, auth=github.Auth.Token(token), per_page=2, retry=0)


def refused(call, *asked):
    try:
        call(*asked)
    except github.GithubException as error:
        return error.status
    raise AssertionError("it was not refused")


repo = hub.get_user().create_repo("hello", description="d")
assert repo.full_name == f"{repo.owner.login}/hello"
repo = hub.get_repo(repo.full_name)
first = repo.create_issue("first", body="b")
for number in range(4):
    repo.create_issue(f"i{number}")
assert (repo.get_issue(first.number).title, first.state) == ("first", "open")
assert sorted(issue.title for issue in repo.get_issues()) == ["first", "i0", "i1", "i2", "i3"]

first.edit(title="changed", state="closed")
assert [issue.title for issue in repo.get_issues(state="closed")] == ["changed"]
assert len(list(repo.get_issues())) == 4
assert len(list(repo.get_issues(state="all"))) == 5

comment = first.create_comment("hi")
comment.edit("hello")
assert [one.body for one in first.get_comments()] == ["hello"]
comment.delete()
assert list(first.get_comments()) == []

label = repo.create_label("bug", "ff0000")
label.edit("flaw", "00ff00")
assert [one.color for one in repo.get_labels()] == ["00ff00"]

gist = hub.get_user().create_gist(True, {"a.txt": github.InputFileContent("hello")}, "d")
gist.edit("new")
assert hub.get_gist(gist.id).description == "new"
gist.set_starred()
assert gist.is_starred()
gist.reset_starred()
assert not gist.is_starred()
gist.delete()
assert refused(hub.get_gist, gist.id) == 404

repo.delete()
assert refused(hub.get_repo, repo.full_name) == 404
