package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;

final class ResponsesVoice implements VendorVoice {
    private static final String USAGE =
            "{'input_tokens':30,'input_tokens_details':{'cached_tokens':8},'output_tokens':12,"
                    + "'output_tokens_details':{'reasoning_tokens':5},'total_tokens':42}";

    private int sequence;

    private String event(String type, String fields) {
        return "event: " + type + "\ndata: {'type':'" + type + "'," + fields + ",'sequence_number':" + sequence++
                + "}\n\n";
    }

    private static String response(String status, String output, boolean usage) {
        var incomplete = status.equals("incomplete") ? "{'reason':'max_output_tokens'}" : "null";
        return "{'id':'resp_abc','object':'response','created_at':1743082657,'status':'" + status
                + "','error':null,'incomplete_details':" + incomplete + ",'instructions':null,'model':'" + MODEL
                + "','output':[" + output + "],'parallel_tool_calls':true,'previous_response_id':null,'store':false,"
                + "'tool_choice':'auto','tools':[],'usage':" + (usage ? USAGE : "null") + ",'metadata':{}}";
    }

    private String head() {
        sequence = 0;
        return event("response.created", "'response':" + response("in_progress", "", false))
                + event("response.in_progress", "'response':" + response("in_progress", "", false));
    }

    private String end(String status, String... items) {
        return event("response." + status, "'response':" + response(status, String.join(",", items), true));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String message(String status, String content) {
        return "{'id':'msg_abc','type':'message','status':'" + status + "','role':'assistant','content':[" + content
                + "]}";
    }

    private static String part(String text) {
        return "{'type':'output_text','annotations':[],'logprobs':[],'text':'" + json(text) + "'}";
    }

    private String opened(int index) {
        return event("response.output_item.added", "'output_index':" + index + ",'item':" + message("in_progress", ""))
                + event(
                        "response.content_part.added",
                        "'item_id':'msg_abc','output_index':" + index + ",'content_index':0,'part':" + part(""));
    }

    private String delta(int index, String text) {
        return event(
                "response.output_text.delta",
                "'item_id':'msg_abc','output_index':" + index + ",'content_index':0,'delta':'" + json(text)
                        + "','logprobs':[],'obfuscation':'x'");
    }

    private String closed(int index, String status, String text) {
        var place = "'item_id':'msg_abc','output_index':" + index + ",'content_index':0,";
        return event("response.output_text.done", place + "'text':'" + json(text) + "','logprobs':[]")
                + event("response.content_part.done", place + "'part':" + part(text))
                + event(
                        "response.output_item.done",
                        "'output_index':" + index + ",'item':" + message(status, part(text)));
    }

    @Override
    public byte[] text(boolean stream, String finish) {
        var item = message(finish, part(TEXT_START + TEXT_END));
        if (!stream) {
            return bytes(response(finish, item, true));
        }
        return bytes(head()
                + opened(0)
                + delta(0, TEXT_START)
                + delta(0, TEXT_END)
                + closed(0, finish, TEXT_START + TEXT_END)
                + end(finish, item));
    }

    @Override
    public byte[] beginning() {
        return bytes(head() + opened(0) + delta(0, TEXT_START));
    }

    private static String call(String id, String callId, String name, String arguments, String status) {
        return "{'id':'" + id + "','type':'function_call','status':'" + status + "','arguments':'" + json(arguments)
                + "','call_id':'" + callId + "','name':'" + name + "'}";
    }

    private String streamed(int index, String id, String callId, String name, String... pieces) {
        var all = new StringBuilder(event(
                "response.output_item.added",
                "'output_index':" + index + ",'item':" + call(id, callId, name, "", "in_progress")));
        for (var piece : pieces) {
            all.append(event(
                    "response.function_call_arguments.delta",
                    "'item_id':'" + id + "','output_index':" + index + ",'delta':'" + json(piece) + "'"));
        }
        var whole = String.join("", pieces);
        all.append(event(
                "response.function_call_arguments.done",
                "'item_id':'" + id + "','output_index':" + index + ",'arguments':'" + json(whole) + "'"));
        return all
                + event(
                        "response.output_item.done",
                        "'output_index':" + index + ",'item':" + call(id, callId, name, whole, "completed"));
    }

    @Override
    public byte[] calls(boolean stream) {
        var items = new String[] {
            call("fc_1", "c1", "weather", "{\"city\":\"Paris\"}", "completed"),
            call("fc_2", "c2", "clock", "{}", "completed")
        };
        return bytes(
                stream
                        ? head()
                                + streamed(0, "fc_1", "c1", "weather", "{\"ci", "ty\":\"Paris\"}")
                                + streamed(1, "fc_2", "c2", "clock", "{}")
                                + end("completed", items)
                        : response("completed", String.join(",", items), true));
    }

    @Override
    public byte[] thought(boolean stream) {
        var reasoning = "{'id':'rs_1','type':'reasoning','summary':[{'type':'summary_text','text':'" + THOUGHT
                + "'}],'encrypted_content':'" + SIGNATURE + "'}";
        var message = message("completed", part(TEXT_START));
        var place = "'item_id':'rs_1','output_index':0,'summary_index':0,";
        return bytes(
                stream
                        ? head()
                                + event(
                                        "response.output_item.added",
                                        "'output_index':0,'item':{'id':'rs_1','type':'reasoning','summary':[]}")
                                + event(
                                        "response.reasoning_summary_part.added",
                                        place + "'part':{'type':'summary_text','text':''}")
                                + event("response.reasoning_summary_text.delta", place + "'delta':'Let me '")
                                + event("response.reasoning_summary_text.delta", place + "'delta':'think.'")
                                + event("response.reasoning_summary_text.done", place + "'text':'" + THOUGHT + "'")
                                + event(
                                        "response.reasoning_summary_part.done",
                                        place + "'part':{'type':'summary_text','text':'" + THOUGHT + "'}")
                                + event("response.output_item.done", "'output_index':0,'item':" + reasoning)
                                + opened(1)
                                + delta(1, TEXT_START)
                                + closed(1, "completed", TEXT_START)
                                + end("completed", reasoning, message)
                        : response("completed", reasoning + "," + message, true));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        return bytes(
                stream
                        ? event(
                                "error",
                                "'code':'server_is_overloaded','message':'busy','param':null,'error':{'type':'overloaded',"
                                        + "'code':503,'message':'busy','param':null}")
                        : "{'error':{'message':'busy','type':'overloaded','param':null,'code':503}}");
    }

    @Override
    public byte[] garbage() {
        return bytes("event: response.output_text.delta\ndata: {'type':'response.output_text.delta',\n\n");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return bytes(stream ? head() + end("completed") : response("completed", "", true));
    }

    @Override
    public String provider() {
        return "openai_responses";
    }

    @Override
    public String base() {
        return "https://vendor.example/v1/";
    }

    @Override
    public void judge(UpstreamCall call, boolean stream) {
        var body = CallerEar.json(call.body());
        assertThat(body.path("model").asText()).isEqualTo(MODEL);
        assertThat(body.path("stream").asBoolean()).isEqualTo(stream);
        assertThat(body.path("store").asBoolean(true)).isFalse();
        assertThat(Dialects.inbound(Dialect.OPENAI_RESPONSES).inspect(call.body()))
                .isInstanceOf(Inspection.Accepted.class);
        assertThat(call.headers()).containsEntry("authorization", "Bearer the-key");
        assertThat(call.url()).isEqualTo("https://vendor.example/v1/responses");
    }

    @Override
    public String stop() {
        return "completed";
    }

    @Override
    public String length() {
        return "incomplete";
    }
}
