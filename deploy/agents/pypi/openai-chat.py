import json

from openai import OpenAI

from laneway import DESCRIPTION, KEY, MODEL, NAME, PROMPT, SCHEMA, STREAM, URL, done, read_note

client = OpenAI(base_url=f"{URL}/v1", api_key=KEY)
tools = [{"type": "function", "function": {"name": NAME, "description": DESCRIPTION, "parameters": SCHEMA}}]


def ask(messages):
    request = {"model": MODEL, "messages": messages, "tools": tools}
    if not STREAM:
        return client.chat.completions.create(**request).choices[0].message
    with client.chat.completions.stream(**request, stream_options={"include_usage": True}) as stream:
        return stream.get_final_completion().choices[0].message


messages = [{"role": "user", "content": PROMPT}]
first = ask(messages)
calls = [
    {"id": call.id, "type": "function", "function": {"name": call.function.name, "arguments": call.function.arguments}}
    for call in first.tool_calls
]
messages.append({"role": "assistant", "content": first.content, "tool_calls": calls})
for call in first.tool_calls:
    result = read_note(**json.loads(call.function.arguments))
    messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
done(ask(messages).content)
