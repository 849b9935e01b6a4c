package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;

final class OpenAiVoice implements VendorVoice {
    private static final String USAGE = "{'prompt_tokens':30,'completion_tokens':12,'total_tokens':42,"
            + "'prompt_tokens_details':{'cached_tokens':8},'completion_tokens_details':{'reasoning_tokens':5}}";

    private static String chunk(String delta, String finish) {
        return "data: {'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'" + MODEL
                + "','choices':[{'index':0,'delta':" + delta + ",'finish_reason':"
                + (finish == null ? "null" : "'" + finish + "'") + "}],'usage':null}\n\n";
    }

    private static String end() {
        return "data: {'id':'chatcmpl-1','object':'chat.completion.chunk','created':1,'model':'" + MODEL
                + "','choices':[],'usage':" + USAGE + "}\n\ndata: [DONE]\n\n";
    }

    private static String whole(String message, String finish) {
        return "{'id':'chatcmpl-1','object':'chat.completion','created':1,'model':'" + MODEL
                + "','choices':[{'index':0,'message':" + message + ",'finish_reason':'" + finish + "'}],'usage':"
                + USAGE
                + "}";
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public byte[] text(boolean stream, String finish) {
        return bytes(
                stream
                        ? new String(beginning(), StandardCharsets.UTF_8)
                                + chunk("{'content':'" + json(TEXT_END) + "'}", null)
                                + chunk("{}", finish)
                                + end()
                        : whole("{'role':'assistant','content':'" + json(TEXT_START + TEXT_END) + "'}", finish));
    }

    @Override
    public byte[] beginning() {
        return bytes(
                chunk("{'role':'assistant','content':''}", null) + chunk("{'content':'" + TEXT_START + "'}", null));
    }

    @Override
    public byte[] calls(boolean stream) {
        return bytes(
                stream
                        ? chunk(
                                        "{'role':'assistant','content':null,'tool_calls':[{'index':0,'id':'c1','type':'function',"
                                                + "'function':{'name':'weather','arguments':''}}]}",
                                        null)
                                + chunk("{'tool_calls':[{'index':0,'function':{'arguments':'{\\'ci'}}]}", null)
                                + chunk(
                                        "{'tool_calls':[{'index':0,'function':{'arguments':'ty\\':\\'Paris\\'}'}}]}",
                                        null)
                                + chunk(
                                        "{'tool_calls':[{'index':1,'id':'c2','type':'function',"
                                                + "'function':{'name':'clock','arguments':'{}'}}]}",
                                        null)
                                + chunk("{}", "tool_calls")
                                + end()
                        : whole(
                                "{'role':'assistant','content':null,'tool_calls':["
                                        + "{'id':'c1','type':'function','function':{'name':'weather','arguments':'{\\'city\\':\\'Paris\\'}'}},"
                                        + "{'id':'c2','type':'function','function':{'name':'clock','arguments':'{}'}}]}",
                                "tool_calls"));
    }

    @Override
    public byte[] thought(boolean stream) {
        var block =
                "'thinking_blocks':[{'type':'thinking','thinking':'" + THOUGHT + "','signature':'" + SIGNATURE + "'}]";
        return bytes(
                stream
                        ? chunk("{'role':'assistant','content':'','reasoning_content':'Let me '}", null)
                                + chunk("{'reasoning_content':'think.'}", null)
                                + chunk("{" + block + "}", null)
                                + chunk("{'content':'" + TEXT_START + "'}", null)
                                + chunk("{}", "stop")
                                + end()
                        : whole(
                                "{'role':'assistant','content':'" + TEXT_START + "','reasoning_content':'" + THOUGHT
                                        + "'," + block + "}",
                                "stop"));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        var error = "{'error':{'message':'busy','type':'overloaded','param':null,'code':503}}";
        return bytes(stream ? "data: " + error + "\n\n" : error);
    }

    @Override
    public byte[] garbage() {
        return bytes("data: {'id':'chatcmpl-1','choices':[{\n\n");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return bytes(
                stream
                        ? chunk("{'role':'assistant','content':''}", null) + chunk("{}", "stop") + end()
                        : whole("{'role':'assistant','content':''}", "stop"));
    }

    @Override
    public String provider() {
        return "openai";
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
        assertThat(Dialects.inbound(Dialect.OPENAI_CHAT).inspect(call.body())).isInstanceOf(Inspection.Accepted.class);
        assertThat(call.headers()).containsEntry("authorization", "Bearer the-key");
        assertThat(call.url()).isEqualTo("https://vendor.example/v1/chat/completions");
    }

    @Override
    public String formalEnd() {
        return "data: [DONE]";
    }

    @Override
    public String stop() {
        return "stop";
    }

    @Override
    public String length() {
        return "length";
    }
}
