package dev.laneway.contracts;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Request} that is being described, field by field; each means what it means there. What is not said is absent, false or 0;
 * what a request can't be without has to be said. For one thread.
 */
@SuppressWarnings("NullAway.Init") // the request refuses what is missing
public final class RequestDraft {
    private String id;
    private String owner;
    private String route;
    private String lane;
    private Zone zone;
    private WorkClass workClass;
    private Dialect dialect;
    private boolean stream;
    private boolean includeUsage;
    private Set<Feature> features = Set.of();
    private long inputTokens;
    private long maxTokens;
    private long acceptedAt;
    private long deadline;
    private @Nullable ReplyAddress reply;
    private String configVersion;
    private @Nullable String traceparent;
    private Map<String, String> headers = Map.of();
    private @Nullable BodyRef body;
    private @Nullable ClientNames names;
    private @Nullable Payer payer;
    private long choices;
    private @Nullable AskedExtras extras;

    /** Nothing said yet. */
    public RequestDraft() {}

    /** As that one, but for what is said. */
    public RequestDraft(Request other) {
        id = other.id();
        owner = other.owner();
        route = other.route();
        lane = other.lane();
        zone = other.zone();
        workClass = other.workClass();
        dialect = other.dialect();
        stream = other.stream();
        includeUsage = other.includeUsage();
        features = other.features();
        inputTokens = other.inputTokens();
        maxTokens = other.maxTokens();
        acceptedAt = other.acceptedAt();
        deadline = other.deadline();
        reply = other.reply();
        configVersion = other.configVersion();
        traceparent = other.traceparent();
        headers = other.headers();
        body = other.body();
        names = other.names();
        payer = other.payer();
        choices = other.choices();
        extras = other.extras();
    }

    public RequestDraft id(String id) {
        this.id = id;
        return this;
    }

    public RequestDraft owner(String owner) {
        this.owner = owner;
        return this;
    }

    public RequestDraft route(String route) {
        this.route = route;
        return this;
    }

    public RequestDraft lane(String lane) {
        this.lane = lane;
        return this;
    }

    public RequestDraft zone(Zone zone) {
        this.zone = zone;
        return this;
    }

    public RequestDraft workClass(WorkClass workClass) {
        this.workClass = workClass;
        return this;
    }

    public RequestDraft dialect(Dialect dialect) {
        this.dialect = dialect;
        return this;
    }

    public RequestDraft stream(boolean stream) {
        this.stream = stream;
        return this;
    }

    public RequestDraft includeUsage(boolean includeUsage) {
        this.includeUsage = includeUsage;
        return this;
    }

    public RequestDraft features(Set<Feature> features) {
        this.features = features;
        return this;
    }

    public RequestDraft inputTokens(long inputTokens) {
        this.inputTokens = inputTokens;
        return this;
    }

    public RequestDraft maxTokens(long maxTokens) {
        this.maxTokens = maxTokens;
        return this;
    }

    public RequestDraft acceptedAt(long acceptedAt) {
        this.acceptedAt = acceptedAt;
        return this;
    }

    public RequestDraft deadline(long deadline) {
        this.deadline = deadline;
        return this;
    }

    public RequestDraft reply(@Nullable ReplyAddress reply) {
        this.reply = reply;
        return this;
    }

    public RequestDraft configVersion(String configVersion) {
        this.configVersion = configVersion;
        return this;
    }

    public RequestDraft traceparent(@Nullable String traceparent) {
        this.traceparent = traceparent;
        return this;
    }

    public RequestDraft headers(Map<String, String> headers) {
        this.headers = headers;
        return this;
    }

    public RequestDraft body(@Nullable BodyRef body) {
        this.body = body;
        return this;
    }

    public RequestDraft names(@Nullable ClientNames names) {
        this.names = names;
        return this;
    }

    public RequestDraft payer(@Nullable Payer payer) {
        this.payer = payer;
        return this;
    }

    public RequestDraft choices(long choices) {
        this.choices = choices;
        return this;
    }

    public RequestDraft extras(@Nullable AskedExtras extras) {
        this.extras = extras;
        return this;
    }

    /**
     * The request as it is described by now.
     *
     * @throws NullPointerException where something is missing that it can't be without
     */
    public Request build() {
        return new Request(
                id,
                owner,
                route,
                lane,
                zone,
                workClass,
                dialect,
                stream,
                includeUsage,
                features,
                inputTokens,
                maxTokens,
                acceptedAt,
                deadline,
                reply,
                configVersion,
                traceparent,
                headers,
                body,
                names,
                payer,
                choices,
                extras);
    }
}
