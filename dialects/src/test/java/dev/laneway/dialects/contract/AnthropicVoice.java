package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;

final class AnthropicVoice implements VendorVoice {
    private static final String USAGE_IN =
            "'input_tokens':22,'cache_creation_input_tokens':0,'cache_read_input_tokens':8";
    private static final String USAGE_OUT = "'output_tokens':12,'output_tokens_details':{'thinking_tokens':5}";

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {'type':'" + type + "'" + fields + "}\n\n";
    }

    private static String start() {
        return event(
                        "message_start",
                        ",'message':{'id':'msg_1','type':'message','role':'assistant','model':'" + MODEL
                                + "','content':[],'stop_reason':null,'stop_sequence':null,'usage':{" + USAGE_IN
                                + ",'output_tokens':1}}")
                + "event: ping\ndata: {'type': 'ping'}\n\n";
    }

    private static String block(int index, String start, String... deltas) {
        var all = new StringBuilder(event("content_block_start", ",'index':" + index + ",'content_block':" + start));
        for (var delta : deltas) {
            all.append(event("content_block_delta", ",'index':" + index + ",'delta':" + delta));
        }
        return all + event("content_block_stop", ",'index':" + index);
    }

    private static String end(String reason) {
        return event(
                        "message_delta",
                        ",'delta':{'stop_reason':'" + reason + "','stop_sequence':null},'usage':{" + USAGE_OUT + "}")
                + event("message_stop", "");
    }

    private static String whole(String content, String reason) {
        return "{'id':'msg_1','type':'message','role':'assistant','model':'" + MODEL + "','content':[" + content
                + "],'stop_reason':'" + reason + "','stop_sequence':null,'usage':{" + USAGE_IN + "," + USAGE_OUT + "}}";
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String textDelta(String text) {
        return "{'type':'text_delta','text':'" + json(text) + "'}";
    }

    @Override
    public byte[] text(boolean stream, String finish) {
        return bytes(
                stream
                        ? start()
                                + block(0, "{'type':'text','text':''}", textDelta(TEXT_START), textDelta(TEXT_END))
                                + end(finish)
                        : whole("{'type':'text','text':'" + json(TEXT_START + TEXT_END) + "'}", finish));
    }

    @Override
    public byte[] beginning() {
        return bytes(start()
                + event("content_block_start", ",'index':0,'content_block':{'type':'text','text':''}")
                + event("content_block_delta", ",'index':0,'delta':" + textDelta(TEXT_START)));
    }

    @Override
    public byte[] calls(boolean stream) {
        return bytes(
                stream
                        ? start()
                                + block(
                                        0,
                                        "{'type':'tool_use','id':'c1','name':'weather','input':{}}",
                                        "{'type':'input_json_delta','partial_json':''}",
                                        "{'type':'input_json_delta','partial_json':'{\\'ci'}",
                                        "{'type':'input_json_delta','partial_json':'ty\\':\\'Paris\\'}'}")
                                + block(
                                        1,
                                        "{'type':'tool_use','id':'c2','name':'clock','input':{}}",
                                        "{'type':'input_json_delta','partial_json':''}")
                                + end("tool_use")
                        : whole(
                                "{'type':'tool_use','id':'c1','name':'weather','input':{'city':'Paris'}},"
                                        + "{'type':'tool_use','id':'c2','name':'clock','input':{}}",
                                "tool_use"));
    }

    @Override
    public byte[] thought(boolean stream) {
        return bytes(
                stream
                        ? start()
                                + block(
                                        0,
                                        "{'type':'thinking','thinking':'','signature':''}",
                                        "{'type':'thinking_delta','thinking':'Let me '}",
                                        "{'type':'thinking_delta','thinking':'think.'}",
                                        "{'type':'signature_delta','signature':'" + SIGNATURE + "'}")
                                + block(1, "{'type':'text','text':''}", textDelta(TEXT_START))
                                + end("end_turn")
                        : whole(
                                "{'type':'thinking','thinking':'" + THOUGHT + "','signature':'" + SIGNATURE + "'},"
                                        + "{'type':'text','text':'" + TEXT_START + "'}",
                                "end_turn"));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        var error = "{'type':'error','error':{'type':'overloaded_error','message':'busy'}}";
        return bytes(stream ? "event: error\ndata: " + error + "\n\n" : error);
    }

    @Override
    public byte[] garbage() {
        return bytes("event: content_block_delta\ndata: {'type':'content_block_delta','index':0,'delta':{\n\n");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return bytes(stream ? start() + end("end_turn") : whole("", "end_turn"));
    }

    @Override
    public String provider() {
        return "anthropic";
    }

    @Override
    public String base() {
        return "https://vendor.example";
    }

    @Override
    public void judge(UpstreamCall call, boolean stream) {
        var body = CallerEar.json(call.body());
        assertThat(body.path("model").asText()).isEqualTo(MODEL);
        assertThat(body.path("stream").asBoolean()).isEqualTo(stream);
        assertThat(Dialects.inbound(Dialect.ANTHROPIC_MESSAGES).inspect(call.body()))
                .isInstanceOf(Inspection.Accepted.class);
        assertThat(call.headers()).containsEntry("x-api-key", "the-key");
        assertThat(call.url()).isEqualTo("https://vendor.example/v1/messages");
    }

    @Override
    public String formalEnd() {
        return "event: message_stop";
    }

    @Override
    public String stop() {
        return "end_turn";
    }

    @Override
    public String length() {
        return "max_tokens";
    }
}
