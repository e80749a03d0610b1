"""Rooms, what is said in them, and people, with Slack's library. Run with it: URL TOKEN."""

import sys

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

url, token = sys.argv[1:3]
slack = WebClient(token=token, base_url=f"{url}/")


def refused(call, **arguments):
    try:
        call(**arguments)
    except SlackApiError as error:
        return error.response["error"] if error.response["ok"] is False else error.response
    raise AssertionError("it was not refused")


room = slack.conversations_create(name="move")["channel"]
assert slack.conversations_info(channel=room["id"])["channel"] == room
assert slack.conversations_list()["channels"] == [room]
assert slack.conversations_rename(channel=room["id"], name="away")["channel"]["name"] == "away"
slack.conversations_archive(channel=room["id"])
assert slack.conversations_info(channel=room["id"])["channel"]["is_archived"] is True
slack.conversations_unarchive(channel=room["id"])
assert slack.conversations_info(channel=room["id"])["channel"]["is_archived"] is False
assert refused(slack.conversations_info, channel="C00000000") == "channel_not_found"
for name in ("north", "south"):
    slack.conversations_create(name=name)
# In pages of two, which the library turns by itself.
pages = slack.conversations_list(limit=2)
assert [one["name"] for page in pages for one in page["channels"]] == ["away", "north", "south"]

first = slack.chat_postMessage(channel=room["id"], text="pack")
for text in ("load", "drive"):
    last = slack.chat_postMessage(channel=room["id"], text=text, thread_ts=first["ts"])
slack.chat_update(channel=room["id"], ts=last["ts"], text="fly")
said = slack.conversations_history(channel=room["id"])["messages"]
assert [message["text"] for message in said] == ["pack", "load", "fly"]
thread = slack.conversations_replies(channel=room["id"], ts=first["ts"])["messages"]
assert [message["ts"] for message in thread[::2]] == [first["ts"], last["ts"]]
slack.chat_delete(channel=room["id"], ts=last["ts"])
assert refused(slack.chat_delete, channel=room["id"], ts=last["ts"]) == "message_not_found"
assert refused(slack.chat_postMessage, channel="C00000000", text="lost") == "channel_not_found"
slack.chat_scheduleMessage(channel=room["id"], text="later", post_at=1_999_999_999)
[later] = slack.chat_scheduledMessages_list(channel=room["id"])["scheduled_messages"]
assert (later["channel_id"], later["text"]) == (room["id"], "later")

people = slack.users_list()["members"]
assert slack.users_info(user=people[-1]["id"])["user"] == people[-1]
assert refused(slack.users_info, user="U00000000") == "user_not_found"
task = slack.reminders_add(text="sell the van", time="1999999999")["reminder"]["id"]
assert slack.reminders_info(reminder=task)["reminder"]["text"] == "sell the van"
slack.reminders_delete(reminder=task)
assert refused(slack.reminders_info, reminder=task) == "not_found"
