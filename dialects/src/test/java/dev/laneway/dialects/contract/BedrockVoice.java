package dev.laneway.dialects.contract;

import static dev.laneway.dialects.bedrock.EventStreams.event;
import static dev.laneway.dialects.bedrock.EventStreams.exception;
import static dev.laneway.dialects.bedrock.EventStreams.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;
import java.util.List;

final class BedrockVoice implements VendorVoice {
    private static final String USAGE =
            "'usage':{'inputTokens':22,'outputTokens':12,'totalTokens':42,'cacheReadInputTokens':8,'cacheWriteInputTokens':0}";

    private static byte[] start() {
        return event("messageStart", "{'p':'abc','role':'assistant'}");
    }

    private static byte[] delta(int index, String delta) {
        return event("contentBlockDelta", "{'contentBlockIndex':" + index + ",'delta':{" + delta + "},'p':'abcd'}");
    }

    private static byte[] blockStop(int index) {
        return event("contentBlockStop", "{'contentBlockIndex':" + index + "}");
    }

    private static byte[] call(int index, String id, String name, String... pieces) {
        var all = event(
                "contentBlockStart",
                "{'contentBlockIndex':" + index + ",'start':{'toolUse':{'name':'" + name + "','toolUseId':'" + id
                        + "'}}}");
        for (var piece : pieces) {
            all = join(all, delta(index, "'toolUse':{'input':'" + piece + "'}"));
        }
        return join(all, blockStop(index));
    }

    static byte[] stopped(String reason) {
        return event("messageStop", "{'p':'a','stopReason':'" + reason + "'}");
    }

    private static byte[] end(String reason) {
        return join(stopped(reason), event("metadata", "{'metrics':{'latencyMs':1176}," + USAGE + "}"));
    }

    private static byte[] whole(String content, String reason) {
        return ("{'metrics':{'latencyMs':5},'output':{'message':{'role':'assistant','content':[" + content
                        + "]}},'stopReason':'" + reason + "'," + USAGE + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public byte[] text(boolean stream, String finish) {
        return stream
                ? join(
                        start(),
                        delta(0, "'text':'" + json(TEXT_START) + "'"),
                        delta(0, "'text':'" + json(TEXT_END) + "'"),
                        blockStop(0),
                        end(finish))
                : whole("{'text':'" + json(TEXT_START + TEXT_END) + "'}", finish);
    }

    @Override
    public byte[] calls(boolean stream) {
        return stream
                ? join(
                        start(),
                        call(0, "c1", "weather", "", "{\\'ci", "ty\\':\\'Paris\\'}"),
                        call(1, "c2", "clock", ""),
                        end("tool_use"))
                : whole(
                        "{'toolUse':{'toolUseId':'c1','name':'weather','input':{'city':'Paris'}}},"
                                + "{'toolUse':{'toolUseId':'c2','name':'clock','input':{}}}",
                        "tool_use");
    }

    @Override
    public byte[] thought(boolean stream) {
        return stream
                ? join(
                        start(),
                        delta(0, "'reasoningContent':{'text':'Let me '}"),
                        delta(0, "'reasoningContent':{'text':'think.'}"),
                        delta(0, "'reasoningContent':{'signature':'" + SIGNATURE + "'}"),
                        blockStop(0),
                        delta(1, "'text':'" + TEXT_START + "'"),
                        blockStop(1),
                        end("end_turn"))
                : whole(
                        "{'reasoningContent':{'reasoningText':{'text':'" + THOUGHT + "','signature':'" + SIGNATURE
                                + "'}}},{'text':'" + TEXT_START + "'}",
                        "end_turn");
    }

    @Override
    public byte[] beginning() {
        return join(start(), delta(0, "'text':'" + TEXT_START + "'"));
    }

    @Override
    public byte[] overloaded(boolean stream) {
        return stream
                ? exception("serviceUnavailableException", "{'message':'busy'}")
                : "{'__type':'com.amazon.bedrock#ServiceUnavailableException','message':'busy'}"
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] garbage() {
        return event("contentBlockDelta", "{'contentBlockIndex':0,'delta':{");
    }

    @Override
    public byte[] nothing(boolean stream) {
        return stream ? join(start(), end("end_turn")) : whole("", "end_turn");
    }

    /** It does not say how many tokens were reasoning. */
    @Override
    public TokenUsage usage() {
        return new TokenUsage(30, 12, 8, 0, 0);
    }

    @Override
    public byte[] takes(byte[] request) {
        return SampleRequests.inline(request);
    }

    @Override
    public String provider() {
        return "bedrock";
    }

    @Override
    public String base() {
        return "https://bedrock-runtime.eu-west-1.amazonaws.com/";
    }

    @Override
    public void judge(UpstreamCall call, boolean stream) {
        var body = CallerEar.json(call.body());
        assertThat(call.url())
                .isEqualTo("https://bedrock-runtime.eu-west-1.amazonaws.com/model/" + MODEL
                        + (stream ? "/converse-stream" : "/converse"));
        assertThat(call.headers()).containsEntry("authorization", "Bearer the-key");
        assertThat(body.has("model") || body.has("stream")).isFalse();
        var roles = body.path("messages").findValuesAsText("role");
        assertThat(roles)
                .startsWith("user")
                .endsWith("user")
                .isIn(List.of("user"), List.of("user", "assistant", "user"));
        assertThat(body.path("inferenceConfig").path("maxTokens").asInt()).isEqualTo(4000);
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
