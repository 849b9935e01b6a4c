package dev.laneway.e2e.money;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.Zone;
import dev.laneway.router.meters.BudgetMeters;
import dev.laneway.router.reserve.BudgetReservations;
import dev.laneway.router.reserve.Reservations;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Reserver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The router's part in budgets as it is, for tests of all parts together. */
final class RouterMoney {
    private final Reservations reservations;

    /** Billionths of a dollar, as {@link Tariff.Most}. */
    record Most(long fixed, long perToken, long tokens) {}

    /** One of both is there. */
    record Answer(@Nullable Attempt granted, @Nullable Failure denied) {}

    RouterMoney(
            Vertx vertx,
            Directory directory,
            Reserver store,
            Function<Deployment, Most> tariff,
            Function<String, @Nullable Deployment> deployments,
            Meters meters,
            LongSupplier clock) {
        reservations = new BudgetReservations(
                vertx,
                directory,
                store,
                (request, deployment, inputTokens) -> {
                    Most most = tariff.apply(deployment);
                    return new Tariff.Most(most.fixed, most.perToken, most.tokens);
                },
                deployments,
                new BudgetMeters(meters, Zone.CLOUD),
                (owner, kind) -> {},
                clock);
    }

    Future<Answer> reserve(Attempt attempt) {
        return reservations.reserve(attempt).map(answer -> switch (answer) {
            case Reservations.Granted granted -> new Answer(granted.attempt(), null);
            case Reservations.Denied denied -> new Answer(null, denied.failure());
        });
    }
}
