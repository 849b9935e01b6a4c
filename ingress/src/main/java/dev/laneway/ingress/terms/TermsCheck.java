package dev.laneway.ingress.terms;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.CallerRule;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.control.Directory;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds calls against the terms of whoever they are made for. Safe on any thread. */
public final class TermsCheck implements CallerRule {
    private static final int SHOWN_CHARS = 100;

    private final Directory directory;
    private final Supplier<@Nullable GatewayConfig> config;
    private final Networks networks = new Networks();

    public TermsCheck(Directory directory, Supplier<@Nullable GatewayConfig> config) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.config = Objects.requireNonNull(config, "config");
    }

    /** Whether a caller may call from where the call comes from, whatever it asks for. */
    @Override
    public @Nullable Rejection refusal(Call call, Caller caller) {
        InetAddress from = null;
        for (Holder holder : directory.payers(caller.owner(), caller.payer())) {
            List<String> allowed = holder.terms().networks();
            if (allowed == null) {
                continue;
            }
            from = from == null ? address(call) : from;
            if (from == null || !Networks.contain(networks.of(allowed), from)) {
                return forbidden(
                        Refusal.ADDRESS_FORBIDDEN,
                        call,
                        null,
                        "The API key may not be used from " + (from == null ? "there" : from.getHostAddress()) + ".");
            }
        }
        return null;
    }

    private @Nullable InetAddress address(Call call) {
        GatewayConfig now = config.get();
        return ClientAddress.of(call.http(), now == null ? List.of() : networks.of(now.trustedProxies()));
    }

    /** Whether a request may be made on a route: its model, lane, tools and length. */
    public @Nullable Rejection refusal(Call call, Caller caller, Inspected asked, Route route) {
        for (Holder holder : directory.payers(caller.owner(), caller.payer())) {
            Rejection why = refusal(call, holder.terms(), asked, route);
            if (why != null) {
                return why;
            }
        }
        Terms model = directory.terms(Scope.MODEL, asked.model());
        Terms pattern = route.name().equals(asked.model()) ? Terms.NONE : directory.terms(Scope.MODEL, route.name());
        Rejection why = refusal(call, model, asked, route);
        return why == null ? refusal(call, pattern, asked, route) : why;
    }

    private static @Nullable Rejection refusal(Call call, Terms terms, Inspected asked, Route route) {
        if (terms.equals(Terms.NONE)) {
            return null;
        }
        if (!Caller.allowed(terms.models(), asked.model())) {
            return Rejection.forbiddenModel(call, asked.model());
        }
        if (terms.lanes() != null && !terms.lanes().contains(route.lane())) {
            String message = "This API key may not use the lane '" + route.lane() + "', which the model is in.";
            return forbidden(Refusal.LANE_FORBIDDEN, call, "model", message);
        }
        for (String tool : asked.tools()) {
            if (terms.deniedTools().contains(tool)
                    || (terms.tools() != null && !terms.tools().contains(tool))) {
                return forbidden(
                        Refusal.TOOL_FORBIDDEN,
                        call,
                        "tools",
                        "This API key may not offer the tool '" + shown(tool) + "'.");
            }
        }
        long most = terms.limits() == null ? 0 : terms.limits().tokensPerRequest();
        if (most > 0 && tokens(asked, most) > most) {
            String message = "A request may have at most " + most + " tokens, prompt and answer together.";
            return Rejection.of(
                    Refusal.INVALID, call, ClientError.invalid("max_tokens", "max_tokens_too_large", message));
        }
        return null;
    }

    /** What a request may use: more than the most, whatever that is, where its client lets one answer have more. */
    private static long tokens(Inspected asked, long most) {
        return asked.maxTokens() > most
                ? asked.maxTokens()
                : asked.estimatedInputTokens() + asked.maxTokens() * asked.choices();
    }

    private static Rejection forbidden(Refusal reason, Call call, @Nullable String param, String message) {
        ClientError plain = reason.error(call.id());
        return Rejection.of(
                reason, call, new ClientError(plain.status(), plain.type(), plain.code(), param, message, ""));
    }

    private static String shown(String name) {
        return name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "...";
    }
}
