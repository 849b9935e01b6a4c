package dev.laneway.ingress.rate;

import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.Spread;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.notices.Notices;
import dev.laneway.runtime.rate.ExpectedTokens;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateKind;
import dev.laneway.runtime.rate.RateStore;
import dev.laneway.runtime.rate.RateStore.Ask;
import dev.laneway.runtime.rate.RateStore.Settlement;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets requests in as far as the limits of all their holders go. One event loop. */
public final class RateGate {
    private final Directory directory;
    private final RateStore store;
    private final Notices notices;
    private final Meters meters;
    private final Counter uncounted;
    /** Requests under way that have a place among the parallel ones of some holder. */
    private final Set<RatePass> places = new LinkedHashSet<>();

    /** Learns what became of a request; exactly one is called, and once. */
    public interface Comer {
        /** It is let in, and the pass is the comer's to settle. */
        void passed(RatePass pass);

        void refused(Rejection why);
    }

    public RateGate(Directory directory, RateStore store, Notices notices, Meters meters) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.store = Objects.requireNonNull(store, "store");
        this.notices = Objects.requireNonNull(notices, "notices");
        this.meters = Objects.requireNonNull(meters, "meters");
        uncounted = meters.counter(IngressMetric.LIMITS_OPEN);
    }

    /**
     * Lets a request in, or says why not: at once where it is under no limit. Its answer's headers tell what is left.
     *
     * @param route the route's name, which is a pattern where the request names one of many
     */
    public void admit(Call call, Request request, String route, Comer comer) {
        List<Limited> holders = limits(request.owner(), request.payer(), request.route(), route);
        if (holders.isEmpty()) {
            comer.passed(RatePass.FREE);
            return;
        }
        Ask ask = new Ask(request.id(), holders, ExpectedTokens.of(request, holders));
        store.admit(ask).onComplete((verdict, away) -> {
            switch (verdict) {
                case null -> uncounted(call, request.owner(), holders, comer);
                case RateStore.Passed passed -> {
                    Headroom.tell(call, holders, passed.counted());
                    RatePass pass = new RatePass(this, ask, passed.counted().at());
                    if (holders.stream().anyMatch(holder -> holder.limits().parallel() > 0)) {
                        places.add(pass);
                    }
                    comer.passed(pass);
                }
                case RateStore.Refused refused -> {
                    Headroom.tell(call, holders, refused.counted());
                    comer.refused(rejection(call, ask, refused));
                }
            }
        });
    }

    private void uncounted(Call call, String owner, List<Limited> holders, Comer comer) {
        if (holders.stream().anyMatch(Limited::closed)) {
            comer.refused(Rejection.of(Refusal.LIMITS_AWAY, call));
            return;
        }
        uncounted.increment();
        notices.noticed(owner, NoticeKind.UNCOUNTED);
        comer.passed(RatePass.FREE);
    }

    private Rejection rejection(Call call, Ask ask, RateStore.Refused refused) {
        meters.counter(
                        IngressMetric.LIMITED,
                        MetricTag.SCOPE,
                        refused.holder().scope().id(),
                        MetricTag.KIND,
                        refused.kind().id())
                .increment();
        long limit = refused.kind().of(refused.holder().limits());
        String whose = " of " + refused.holder().words() + ": " + limit + " "
                + refused.kind().words() + ".";
        if (refused.kind().countsTokens() && ask.tokens() > limit) {
            call.response().putHeader(HeaderNames.SHOULD_RETRY, HeaderNames.FALSE);
            return limited(
                    call,
                    "The prompt alone has about " + ask.tokens() + " tokens, more than the limit" + whose,
                    refused);
        }
        return limited(call, "Rate limit reached" + whose, refused);
    }

    private static Rejection limited(Call call, String message, RateStore.Refused refused) {
        ClientError error = new ClientError(429, "rate_limit_error", "rate_limit_exceeded", null, message, call.id());
        long wait = refused.kind() == RateKind.PARALLEL ? Spread.from(0) : refused.waitMillis();
        return new Rejection(Refusal.RATE_LIMITED, error, Math.max(1, wait));
    }

    /** Whose limits a request is under. */
    private List<Limited> limits(String owner, @Nullable Payer payer, String model, String route) {
        List<Limited> limited = List.of();
        for (Holder holder : directory.payers(owner, payer)) {
            limited = and(limited, holder.scope(), holder.id(), holder.terms());
        }
        limited = and(limited, Scope.MODEL, model, directory.terms(Scope.MODEL, model));
        return route.equals(model) ? limited : and(limited, Scope.MODEL, route, directory.terms(Scope.MODEL, route));
    }

    private static List<Limited> and(List<Limited> limited, Scope scope, String id, Terms terms) {
        Limited holder = Limited.of(scope, id, terms);
        if (holder == null) {
            return limited;
        }
        List<Limited> more = limited.isEmpty() ? new ArrayList<>(2) : limited;
        more.add(holder);
        return more;
    }

    void settle(RatePass pass, Settlement settlement) {
        places.remove(pass);
        boolean holdsPlace =
                settlement.holders().stream().anyMatch(holder -> holder.limits().parallel() > 0);
        if (holdsPlace || settlement.requests() != 0 || settlement.tokens() != 0) {
            store.settle(settlement);
        }
    }

    /** Keeps the places of what is under way; to be called several times within {@link RateStore#LEASE_MILLIS}. */
    public void renew() {
        if (!places.isEmpty()) {
            List<Ask> asks = new ArrayList<>(places.size());
            for (RatePass pass : places) {
                Ask ask = pass.ask();
                if (ask != null) {
                    asks.add(ask);
                }
            }
            store.renew(asks);
        }
    }

    /**
     * What is counted of a key's holders; fails where the memory that counts is away.
     *
     * @param targets whether deployments and providers are shown too
     */
    Future<List<RateStatus>> status(String owner, @Nullable Payer payer, List<String> models, boolean targets) {
        List<Limited> holders = new ArrayList<>();
        for (Holder holder : directory.payers(owner, payer)) {
            holders = and(holders, holder.scope(), holder.id(), holder.terms());
        }
        for (String model : models) {
            holders = and(holders, Scope.MODEL, model, directory.terms(Scope.MODEL, model));
        }
        if (targets) {
            for (Holder holder : directory.holders()) {
                if (holder.scope() == Scope.DEPLOYMENT || holder.scope() == Scope.PROVIDER) {
                    holders = and(holders, holder.scope(), holder.id(), holder.terms());
                }
            }
        }
        List<Limited> asked = List.copyOf(holders);
        return asked.isEmpty()
                ? Future.succeededFuture(List.of())
                : store.look(asked).map(counted -> RateStatus.of(asked, counted));
    }

    /** Succeeds once limits can be kept, or are known not to be. */
    public Future<Void> ready() {
        return store.ready();
    }

    public Future<Void> close() {
        return store.close();
    }
}
