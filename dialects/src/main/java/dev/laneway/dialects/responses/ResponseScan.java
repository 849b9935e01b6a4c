package dev.laneway.dialects.responses;

import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.TextTally;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * Walks an event or a response that is passed on: finds what a gateway must know, and puts the gateway's own in place of the vendor's:
 * the response's id, what {@code store} and {@code previous_response_id} are to its client, the name of the model, and the mark
 * behind ids of items. One event or response; one thread.
 */
final class ResponseScan {
    private final byte[] json;
    private final RenderContext context;
    private final Echo echo;
    private final TextTally text;
    private final JsonCursor at = new JsonCursor();
    private final Splice splice;
    String type = "";
    String status = "";
    boolean token;
    /** Whether a whole response is walked: the events of a stream say all again that their deltas said. */
    private boolean whole;

    boolean call;
    boolean refusal;
    boolean error;
    boolean broken;
    private @Nullable String incomplete;
    private @Nullable ServiceTier tier;
    private final HostedCalls calls = new HostedCalls();

    @Nullable
    TokenUsage usage;

    /** @param text where what the model wrote is counted */
    ResponseScan(byte[] json, RenderContext context, Echo echo, TextTally text) {
        this.json = json;
        this.text = text;
        this.context = context;
        this.echo = echo;
        this.splice = new Splice(json);
    }

    /** An event of a stream. */
    ResponseScan event() {
        at.reset(json, 0, json.length);
        broken = !at.enterObject();
        while (!broken && at.nextMember()) {
            if (at.keyIs("type")) {
                type = orEmpty(at.takeString());
            } else if (at.keyIs("response") && at.enterObject()) {
                response();
            } else if (at.keyIs("item") && at.enterObject()) {
                item();
            } else if (at.keyIs("item_id")) {
                mark();
            } else if (at.keyIs("delta")) {
                token |= text.takeString(at);
            } else if (at.keyIs("error")) {
                error = at.kind() != 'n';
                at.skipValue();
            } else {
                at.skipValue();
            }
        }
        broken |= at.lost();
        return this;
    }

    /** A response that was not streamed. */
    ResponseScan whole() {
        whole = true;
        at.reset(json, 0, json.length);
        broken = !at.enterObject();
        if (!broken) {
            response();
        }
        broken |= at.lost();
        return this;
    }

    /** The bytes with the gateway's own in them. */
    byte[] spliced() {
        return splice.apply();
    }

    /** Why the response ended; null where it hasn't. */
    @Nullable
    FinishReason finish() {
        return switch (status) {
            case "completed" -> call ? FinishReason.TOOL_CALLS : refusal ? FinishReason.REFUSAL : FinishReason.STOP;
            case "incomplete" ->
                "content_filter".equals(incomplete) ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
            default -> null;
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void response() {
        while (at.nextMember()) {
            if (at.keyIs("id")) {
                put(Splice.quoted(ItemIds.response(context.requestId())));
            } else if (at.keyIs("model") && !context.model().isEmpty()) {
                put(Splice.quoted(context.model()));
            } else if (at.keyIs("store")) {
                put(echo.store());
            } else if (at.keyIs("previous_response_id")) {
                put(echo.previous());
            } else if (at.keyIs("status")) {
                status = orEmpty(at.takeString());
            } else if (at.keyIs("incomplete_details") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("reason")) {
                        incomplete = at.takeString();
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("usage") && at.kind() == '{') {
                at.skipValue();
                var tree = Json.tree(json, at.valueStart(), at.valueEnd() - at.valueStart());
                usage = tree == null ? null : Usage.read(tree);
            } else if (at.keyIs("error")) {
                error = at.kind() != 'n';
                at.skipValue();
            } else if (at.keyIs("service_tier") && at.kind() == '"') {
                tier = ServiceTier.of(at.takeString());
            } else if (at.keyIs("tools") && at.enterArray()) {
                calls.offered(at);
            } else if (at.keyIs("output") && at.enterArray()) {
                while (at.nextElement()) {
                    if (at.enterObject()) {
                        item();
                        calls.ended();
                    } else {
                        at.skipValue();
                    }
                }
            } else {
                at.skipValue();
            }
        }
        usage = usage == null ? null : Usage.with(usage, calls.uses(), tier);
    }

    private void put(String value) {
        at.skipValue();
        splice.replace(at.valueStart(), at.valueEnd(), value);
    }

    private void mark() {
        if (at.skipNonEmptyString()) {
            splice.insert(at.valueEnd() - 1, ItemIds.mark(context.requestId()));
        }
    }

    private void item() {
        while (at.nextMember()) {
            if (at.keyIs("id")) {
                mark();
            } else if (at.keyIs("type")) {
                var kind = orEmpty(at.takeString());
                calls.began(kind);
                switch (kind) {
                    case "function_call", "custom_tool_call" -> {
                        call = true;
                        token = true;
                    }
                    default -> {}
                }
            } else if (at.keyIs("action") && at.enterObject()) {
                while (at.nextMember()) {
                    if (at.keyIs("type") && at.kind() == '"') {
                        calls.acted(orEmpty(at.takeString()));
                    } else {
                        at.skipValue();
                    }
                }
            } else if (at.keyIs("container_id") && at.kind() == '"') {
                calls.ranIn(orEmpty(at.takeString()));
            } else if (at.keyIs("content") && at.enterArray()) {
                while (at.nextElement()) {
                    content();
                }
            } else if (at.keyIs("encrypted_content")) {
                token |= at.skipNonEmptyString();
            } else if (whole && (at.keyIs("name") || at.keyIs("arguments") || at.keyIs("input"))) {
                text.takeString(at);
            } else {
                at.skipValue();
            }
        }
    }

    private void content() {
        if (!at.enterObject()) {
            at.skipValue();
            return;
        }
        while (at.nextMember()) {
            if (at.keyIs("refusal")) {
                refusal = true;
                said();
            } else if (at.keyIs("text")) {
                said();
            } else {
                at.skipValue();
            }
        }
    }

    private void said() {
        token |= whole ? text.takeString(at) : at.skipNonEmptyString();
    }
}
