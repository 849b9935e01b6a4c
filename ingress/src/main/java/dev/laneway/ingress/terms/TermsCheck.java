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
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.control.Directory;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        for (Holder holder : directory.payers(caller.owner(), caller.payer())) {
            Rejection why = strange(call, holder.terms());
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    private @Nullable Rejection strange(Call call, Terms terms) {
        List<String> allowed = terms.networks();
        if (allowed == null) {
            return null;
        }
        InetAddress from = address(call);
        return from != null && Networks.contain(networks.of(allowed), from)
                ? null
                : forbidden(
                        Refusal.ADDRESS_FORBIDDEN,
                        call,
                        null,
                        "The API key may not be used from " + (from == null ? "there" : from.getHostAddress()) + ".");
    }

    private @Nullable InetAddress address(Call call) {
        GatewayConfig now = config.get();
        return ClientAddress.of(call.http(), now == null ? List.of() : networks.of(now.trustedProxies()));
    }

    /** Whether a request may be made on a route: its model, lane, tools and length, and from where by the terms of its tags and its model. */
    public @Nullable Rejection refusal(Call call, Caller caller, Inspected asked, Route route) {
        for (Holder holder : directory.payers(caller.owner(), caller.payer())) {
            Rejection why = refusal(call, holder.terms(), asked, route);
            if (why != null) {
                return why;
            }
        }
        for (String name : names(asked.model(), route)) {
            Rejection why = refusal(call, directory.terms(Scope.MODEL, name), asked, route);
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    /** What a model is called: by the client, by the route, and by the group that this begins with, of which the route may be another name. */
    private Set<String> names(String asked, Route route) {
        Set<String> names = new LinkedHashSet<>(4);
        names.add(asked);
        names.add(route.name());
        GatewayConfig now = config.get();
        List<String> first = route.chain().getFirst().deployments();
        Deployment deployment =
                now == null || first.isEmpty() ? null : now.deployments().get(first.getFirst());
        if (deployment != null) {
            names.add(deployment.group());
        }
        return names;
    }

    private @Nullable Rejection refusal(Call call, Terms terms, Inspected asked, Route route) {
        if (terms.equals(Terms.NONE)) {
            return null;
        }
        Rejection strange = strange(call, terms);
        if (strange != null) {
            return strange;
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

    /** What a request may use; where its answers alone are more than the most, whatever that is. */
    private static long tokens(Inspected asked, long most) {
        return asked.maxTokens() > most / Math.max(1, asked.choices())
                ? Long.MAX_VALUE
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
