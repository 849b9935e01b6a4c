package dev.laneway.ingress.call;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.Entry;
import dev.laneway.ingress.rate.RateGate;
import dev.laneway.ingress.terms.TermsCheck;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes calls that ask for an answer of a model: checks what can be checked without a vendor, and publishes. One event loop. */
public final class ChatCalls implements FrontDoor.Taker {
    /** What a vendor of Anthropic's dialect needs of its client's headers. */
    private static final List<String> ANTHROPIC_HEADERS = List.of("anthropic-version", "anthropic-beta");
    /** A longer one would outgrow the envelope. */
    private static final int LONGEST_HEADER = 4_096;

    private static final int LONGEST_MODEL = 256;

    private final RouteBook routes;
    private final Desk desk;
    private final KeyedCalls keyed;
    private final Opening opening;
    private final TermsCheck terms;
    private final Function<Zone, @Nullable ReplyAddress> replies;

    /** @param replies where answers of a zone's requests go; null while they can't be read */
    public ChatCalls(
            Vertx vertx,
            RouteBook routes,
            Desk desk,
            FrontDoor door,
            Replays replays,
            TermsCheck terms,
            RateGate rates,
            Function<Zone, @Nullable ReplyAddress> replies) {
        this.routes = routes;
        this.desk = desk;
        this.terms = terms;
        this.opening = new Opening(desk, door, rates);
        this.keyed = new KeyedCalls(vertx, desk, door, replays, opening);
        this.replies = replies;
    }

    /** Whether the route of that name may leave the local zone. */
    public boolean mayLeave(String model) {
        RouteBook.Edition edition = routes.current();
        RouteCard card = edition == null || !callable(model) ? null : edition.find(model);
        return card != null && card.route().zone() != Zone.LOCAL;
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        List<String> tags = RequestTags.of(call.http().headers().get(RequestTags.HEADER), asked.tags());
        if (tags == null) {
            ClientError unfit = ClientError.invalid(
                    "tags",
                    "invalid_tags",
                    "At most " + RequestTags.MOST + " tags a request, each of at most " + RequestTags.LONGEST
                            + " printable characters.");
            return Rejection.of(Refusal.INVALID, call, unfit);
        }
        return taken(call, caller.with(tags), body, asked);
    }

    private @Nullable Rejection taken(Call call, Caller caller, byte[] body, Inspected asked) {
        RouteBook.Edition edition = routes.current();
        if (edition == null) {
            return Rejection.of(Refusal.NOT_READY, call);
        }
        RouteCard card = callable(asked.model()) ? edition.find(asked.model()) : null;
        if (card == null) {
            return Rejection.unknownModel(call, asked.model());
        }
        if (caller.role() == Role.READ_ONLY) {
            return Rejection.of(Refusal.READ_ONLY, call);
        }
        if (!caller.mayCall(asked.model())) {
            return Rejection.forbiddenModel(call, asked.model());
        }
        Rejection forbidden = terms.refusal(call, caller, asked, card.route());
        if (forbidden != null) {
            return forbidden;
        }
        Integer cap = edition.config().limits().maxTokens();
        if (cap != null && asked.maxTokens() > cap / Math.max(1, asked.choices())) {
            ClientError tooMany =
                    ClientError.invalid("max_tokens", "max_tokens_too_large", "At most " + cap + " tokens a request.");
            return Rejection.of(Refusal.INVALID, call, tooMany);
        }
        long wait = ClientDeadline.millis(
                call.http().headers().get(ClientDeadline.HEADER),
                edition.config().limits().requestTimeout().toMillis());
        if (wait == ClientDeadline.MALFORMED) {
            ClientError malformed =
                    ClientError.invalid(null, "invalid_timeout", ClientDeadline.HEADER + " is a number of seconds.");
            return Rejection.of(Refusal.INVALID, call, malformed);
        }
        ClientNaming naming = ClientNaming.of(call.http().headers());
        if (naming == null) {
            ClientError malformed = ClientError.invalid(
                    null,
                    "idempotency_key_invalid",
                    "Idempotency-Key is one header of 1 to " + ClientNaming.LONGEST_KEY
                            + " printable ASCII characters.");
            return Rejection.of(Refusal.INVALID, call, malformed);
        }
        ReplyAddress reply = replies.apply(card.route().zone());
        if (reply == null) {
            return Rejection.of(Refusal.NOT_READY, call);
        }
        if (!desk.outbox.available()) {
            return Rejection.of(Refusal.BROKER_AWAY, call);
        }
        GatewayConfig config = edition.config();
        long now = System.nanoTime();
        long left = TimeUnit.MILLISECONDS.toNanos(wait) - (now - call.startedNanos());
        return switch (card.enter(asked.stream(), now, left)) {
            case Entry.Full full -> turnedDown(card, Refusal.LANE_FULL, call, full.retryAfterMillis());
            case Entry.TooLate late -> turnedDown(card, Refusal.LANE_SLOW, call, late.retryAfterMillis());
            case Entry.Admitted admitted -> {
                take(
                        call,
                        caller,
                        new Admission(card, admitted.place()),
                        naming,
                        body,
                        names -> envelope(call, caller, card, asked, config, reply, wait, names));
                yield null;
            }
        };
    }

    private static Rejection turnedDown(RouteCard card, Refusal reason, Call call, long retryAfterMillis) {
        card.meters().turnedDown(reason).increment();
        return Rejection.of(reason, call, retryAfterMillis);
    }

    private void take(
            Call call,
            Caller caller,
            Admission admission,
            ClientNaming naming,
            byte[] body,
            Function<@Nullable ClientNames, Request> envelope) {
        String label = naming.label() == null ? null : ClientNaming.labelDigest(caller.owner(), naming.label());
        if (label != null) {
            desk.names.label(label, call.id(), desk.kept.get());
        }
        if (naming.key() == null) {
            ClientNames names = label == null ? null : new ClientNames(null, null, label);
            opening.open(
                    call,
                    admission,
                    envelope.apply(names),
                    body,
                    admission.card().durable(),
                    () -> {});
        } else {
            keyed.take(call, ClientNaming.keyDigest(caller.owner(), naming.key()), label, admission, envelope, body);
        }
    }

    private static Request envelope(
            Call call,
            Caller caller,
            RouteCard card,
            Inspected asked,
            GatewayConfig config,
            ReplyAddress reply,
            long waitMillis,
            @Nullable ClientNames names) {
        MultiMap headers = call.http().headers();
        return new RequestDraft()
                        .id(call.id())
                        .owner(caller.owner())
                        .route(asked.model())
                        .lane(card.route().lane())
                        .zone(card.route().zone())
                        .workClass(WorkClass.INTERACTIVE)
                        .dialect(call.dialect().id())
                        .stream(asked.stream())
                        .includeUsage(asked.includeUsage())
                        .features(asked.features())
                        .inputTokens(asked.estimatedInputTokens())
                        .maxTokens(asked.maxTokens())
                        .acceptedAt(call.startedAt())
                        .deadline(call.startedAt() + waitMillis)
                        .reply(reply)
                        .configVersion(config.version())
                        .traceparent(TraceParent.wellFormed(headers.get("traceparent")))
                        .headers(forwarded(call.dialect().id(), headers))
                        .names(names)
                        .payer(caller.payer())
                        .choices(asked.choices() > 1 ? asked.choices() : 0)
                        .extras(asked.extras())
                        .build();
    }

    private static Map<String, String> forwarded(Dialect dialect, MultiMap headers) {
        if (dialect != Dialect.ANTHROPIC_MESSAGES) {
            return Map.of();
        }
        Map<String, String> forwarded = new HashMap<>();
        for (String name : ANTHROPIC_HEADERS) {
            List<String> values = headers.getAll(name);
            String value = values.size() == 1 ? values.getFirst() : String.join(",", values);
            if (!value.isEmpty() && value.length() <= LONGEST_HEADER) {
                forwarded.put(name, value);
            }
        }
        return forwarded;
    }

    /** Whether a name could be a route's, and can be written in UTF-8. */
    private static boolean callable(String model) {
        if (model.length() > LONGEST_MODEL) {
            return false;
        }
        boolean ascii = true;
        for (int i = 0; i < model.length(); i++) {
            char c = model.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            ascii &= c <= '~';
        }
        return ascii || StandardCharsets.UTF_8.newEncoder().canEncode(model);
    }
}
