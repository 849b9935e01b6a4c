package dev.laneway.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;

/** An Ollama server: it counts tokens and no more, signs nothing, and tells calls on its last line. */
final class OllamaVoice implements VendorVoice {
    private static String line(String message, String rest) {
        return "{'model':'" + MODEL + "','created_at':'2026-11-21T23:52:59.78390756Z','message':{'role':'assistant',"
                + message + "},'done':" + rest + "}\n";
    }

    private static String last(String message, String finish) {
        return line(
                message,
                "true,'done_reason':'" + finish
                        + "','total_duration':121963577,'load_duration':1231218,'prompt_eval_count':30,'prompt_eval_duration':53095000,"
                        + "'eval_count':12,'eval_duration':61901000");
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
                                + line("'content':'" + json(TEXT_END) + "'", "false")
                                + last("'content':''", finish)
                        : last("'content':'" + json(TEXT_START + TEXT_END) + "'", finish)
                                .stripTrailing());
    }

    @Override
    public byte[] beginning() {
        return bytes(line("'content':'" + TEXT_START + "'", "false"));
    }

    @Override
    public byte[] calls(boolean stream) {
        return bytes(last(
                "'content':'','tool_calls':[{'id':'c1','function':{'index':0,'name':'weather','arguments':{'city':'Paris'}}},"
                        + "{'id':'c2','function':{'index':1,'name':'clock','arguments':{}}}]",
                "stop"));
    }

    @Override
    public byte[] thought(boolean stream) {
        return bytes(
                stream
                        ? line("'content':'','thinking':'Let me '", "false")
                                + line("'content':'','thinking':'think.'", "false")
                                + line("'content':'" + TEXT_START + "'", "false")
                                + last("'content':''", "stop")
                        : last("'content':'" + TEXT_START + "','thinking':'" + THOUGHT + "'", "stop"));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        return "{\"error\":\"{\\\"error\\\":{\\\"code\\\":503,\\\"message\\\":\\\"busy\\\",\\\"type\\\":\\\"unavailable_error\\\"}}\"}\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] garbage() {
        return bytes("{'model':'m','message':{\n");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return bytes(last("'content':''", "stop"));
    }

    @Override
    public String stop() {
        return "stop";
    }

    @Override
    public String length() {
        return "length";
    }

    @Override
    public TokenUsage usage() {
        return TokenUsage.of(30, 12);
    }

    @Override
    public boolean signs() {
        return false;
    }

    @Override
    public byte[] takes(byte[] request) {
        return SampleRequests.inline(request);
    }

    @Override
    public String provider() {
        return "ollama";
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
        assertThat(Dialects.inbound(Dialect.OLLAMA_CHAT).inspect(call.body())).isInstanceOf(Inspection.Accepted.class);
        assertThat(call.headers()).containsEntry("authorization", "Bearer the-key");
        assertThat(call.url()).isEqualTo("https://vendor.example/api/chat");
    }
}
