from langchain_core.messages import HumanMessage, ToolMessage
from langchain_openai import ChatOpenAI

from laneway import KEY, MODEL, PROMPT, STREAM, URL, done, read_note

model = ChatOpenAI(model=MODEL, api_key=KEY, base_url=f"{URL}/v1", streaming=STREAM).bind_tools([read_note])
messages = [HumanMessage(PROMPT)]
first = model.invoke(messages)
messages.append(first)
for call in first.tool_calls:
    messages.append(ToolMessage(read_note(**call["args"]), tool_call_id=call["id"]))
done(model.invoke(messages).text)
