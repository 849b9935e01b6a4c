package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked, as the ingress read it: everything that planning needs, so that nobody parses the body again. The envelope
 * of a {@code requests} event, and a part of every later one.
 *
 * @param id unique, sortable by time of acceptance; the key of every event of the request
 * @param owner who pays: the id of the key that called
 * @param route the alias that the client put in {@code model}
 * @param lane the route's lane
 * @param zone the furthest the request may go; the zone in the topic's name is the authority, this must equal it
 * @param workClass whether someone waits
 * @param dialect what the client speaks
 * @param stream whether the answer is to be streamed
 * @param includeUsage whether the client asked to see the usage of a stream
 * @param features what a deployment must be able to do
 * @param inputTokens estimate of the prompt's tokens
 * @param maxTokens the client's own cap of generated tokens, 0 where it set none
 * @param acceptedAt when the ingress took it, epoch milliseconds
 * @param deadline when its client stops to wait, epoch milliseconds
 * @param reply where the answer goes; absent for jobs
 * @param configVersion the config in force at the ingress
 * @param traceparent W3C trace context, where the client sent one
 * @param headers the client's headers that a vendor of the same dialect gets too, such as {@code anthropic-beta}; never
 *     credentials
 * @param body where the body is, when it is not the event's value
 * @param names what its client calls it by; absent where it gave it no name
 * @param payer who pays beside the owner; absent where nobody does
 * @param choices how many answers it asks for, where that is more than one; else 0
 * @param extras what of it may be billed beside the tokens of its text; absent where there is nothing of that
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Request(
        String id,
        String owner,
        String route,
        String lane,
        @JsonInclude(JsonInclude.Include.ALWAYS) Zone zone,
        @JsonInclude(JsonInclude.Include.ALWAYS) WorkClass workClass,
        @JsonInclude(JsonInclude.Include.ALWAYS) Dialect dialect,
        boolean stream,
        boolean includeUsage,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Feature> features,
        long inputTokens,
        long maxTokens,
        long acceptedAt,
        long deadline,
        @Nullable ReplyAddress reply,
        String configVersion,
        @Nullable String traceparent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> headers,
        @Nullable BodyRef body,
        @Nullable ClientNames names,
        @Nullable Payer payer,
        long choices,
        @Nullable AskedExtras extras)
        implements Event {
    public Request {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(workClass, "workClass");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(configVersion, "configVersion");
        features = features == null ? Set.of() : Set.copyOf(features);
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        extras = AskedExtras.NONE.equals(extras) ? null : extras;
    }

    /** The same request, its body being elsewhere. */
    public Request withBody(BodyRef elsewhere) {
        return new RequestDraft(this).body(elsewhere).build();
    }

    @Override
    public String requestId() {
        return id;
    }
}
