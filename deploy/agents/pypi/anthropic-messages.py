from anthropic import Anthropic

from laneway import DESCRIPTION, KEY, MODEL, NAME, PROMPT, SCHEMA, STREAM, URL, done, read_note

client = Anthropic(base_url=URL, api_key=KEY)
tools = [{"name": NAME, "description": DESCRIPTION, "input_schema": SCHEMA}]


def ask(messages):
    request = {"model": MODEL, "max_tokens": 200, "messages": messages, "tools": tools}
    if not STREAM:
        return client.messages.create(**request)
    with client.messages.stream(**request) as stream:
        return stream.get_final_message()


messages = [{"role": "user", "content": PROMPT}]
first = ask(messages)
messages.append({"role": "assistant", "content": first.content})
results = [
    {"type": "tool_result", "tool_use_id": block.id, "content": read_note(**block.input)}
    for block in first.content
    if block.type == "tool_use"
]
messages.append({"role": "user", "content": results})
done("".join(block.text for block in ask(messages).content if block.type == "text"))
