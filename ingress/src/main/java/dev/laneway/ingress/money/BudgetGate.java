package dev.laneway.ingress.money;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Shortage;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.money.Dues;
import dev.laneway.runtime.money.OverBudget;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.money.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what can't be paid at all: a request that none of its route's deployments could be paid for even if all that is held were given back, by
 * the reckoning of the router, who decides everything else. Answers from memory, and asks nobody. Safe on any thread.
 */
public final class BudgetGate {
    private final Directory directory;
    private final Tariff tariff;
    private final Supplier<@Nullable GatewayConfig> config;
    private final SpentBudgets spent;
    private final LongSupplier clock;
    private final Meters meters;
    /** By which everything that is known was said. */
    private volatile @Nullable GatewayConfig known;

    /** @param left of the window that has the least, billionths of a dollar */
    private record Lack(Window window, long left, long cost) {}

    /**
     * A gate that knows of no spent budget yet.
     *
     * @param config in force; null before the first. With another one everything is forgotten
     * @param clock epoch milliseconds
     */
    public BudgetGate(
            Directory directory,
            Tariff tariff,
            Supplier<@Nullable GatewayConfig> config,
            LongSupplier clock,
            Meters meters) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.tariff = Objects.requireNonNull(tariff, "tariff");
        this.config = Objects.requireNonNull(config, "config");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.meters = Objects.requireNonNull(meters, "meters");
        spent = new SpentBudgets(clock);
    }

    /** Names what is in force at this moment, for {@link #learn}. */
    public long moment() {
        var _ = inForce();
        return spent.moment();
    }

    /**
     * Takes what a router said of budgets when it refused a request.
     *
     * @param moment in which the request was published
     */
    public void learn(long moment, List<Shortage> shortages) {
        if (!shortages.isEmpty()) {
            var _ = inForce();
            spent.learn(moment, shortages);
        }
    }

    /** To be told of each change, before anybody is told that it is in force. */
    public void changed(Control entity) {
        spent.changed(entity);
    }

    @SuppressWarnings("ReferenceEquality") // a config is made anew with each that comes in force
    private @Nullable GatewayConfig inForce() {
        GatewayConfig inForce = config.get();
        if (inForce != known) {
            spent.everythingChanged();
            known = inForce;
        }
        return inForce;
    }

    /**
     * Why a request is refused; null where it is to be published.
     *
     * @param windows of whoever asks, who alone uses them
     */
    public @Nullable Rejection refusal(Call call, Request request, Route route, Windows windows) {
        GatewayConfig inForce = inForce();
        if (spent.isEmpty() || inForce == null) {
            return null;
        }
        List<Window> payers = windows.of(directory.payers(request.owner(), request.payer()), request.acceptedAt());
        List<Lack> lacks = new ArrayList<>(2);
        for (ChainHop hop : route.chain()) {
            for (String id : hop.deployments()) {
                Deployment deployment = inForce.deployments().get(id);
                Lack found = deployment == null ? null : lackOf(request, deployment, payers, windows);
                if (found == null) {
                    return null;
                }
                lacks.add(found);
            }
        }
        return lacks.isEmpty() || spent.isDue(lacks.stream().map(Lack::window).toList())
                ? null
                : rejection(call, lacks.getFirst());
    }

    /** The budget that can't pay for a call of a deployment; null where all may. */
    private @Nullable Lack lackOf(Request request, Deployment deployment, List<Window> payers, Windows windows) {
        List<Window> all = new ArrayList<>(payers);
        all.addAll(windows.of(
                directory.targets(deployment.group(), deployment.provider(), deployment.id()), request.acceptedAt()));
        Window least = null;
        long left = Long.MAX_VALUE;
        for (Window window : all) {
            OptionalLong known = spent.left(window);
            if (known.isPresent() && known.getAsLong() < left) {
                least = window;
                left = known.getAsLong();
            }
        }
        if (least == null
                || !(tariff.bound(request, deployment, Dues.textTokens(request)) instanceof Tariff.Most most)
                || most.isFree()) {
            return null;
        }
        long cost = Dues.of(request, deployment, most).least();
        return cost > left ? new Lack(least, left, cost) : null;
    }

    private Rejection rejection(Call call, Lack found) {
        Window window = found.window;
        meters.counter(
                        IngressMetric.BUDGET_REFUSED,
                        MetricTag.SCOPE,
                        window.scope().id())
                .increment();
        Failure failure = OverBudget.failure(window, found.left, found.cost, clock.getAsLong(), List.of());
        ClientError error = ClientError.of(failure, failure.kind().clientStatus(), call.id());
        return new Rejection(Refusal.BUDGET_EXCEEDED, error, failure.retryAfterMillis());
    }
}
