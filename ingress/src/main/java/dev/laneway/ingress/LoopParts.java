package dev.laneway.ingress;

import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.call.Outbox;
import dev.laneway.ingress.call.RouteBook;
import dev.laneway.ingress.changes.Changes;
import dev.laneway.ingress.health.HealthPages;
import dev.laneway.ingress.http.Arrivals;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.money.BudgetGate;
import dev.laneway.ingress.reply.AnswerSource;
import dev.laneway.ingress.reply.ReplyDispatcher;
import dev.laneway.ingress.requests.RequestBodies;
import dev.laneway.ingress.requests.RequestHistory;
import dev.laneway.runtime.alerts.AlertLog;
import dev.laneway.runtime.audit.AuditLog;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import dev.laneway.runtime.ledger.LedgerQueries;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.notices.NoticeBoard;
import dev.laneway.runtime.rate.RateStore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the event loops of one ingress share. Everything here is safe on any thread.
 *
 * @param tls absent for clear text
 * @param directory keys, teams, users and terms in force
 * @param changes has them changed
 * @param audit who has changed them
 * @param ledger what was spent; null where this process knows no database
 * @param prices what deployments cost and can do
 * @param outboxes makes a loop's outbox, on that loop
 * @param names makes a loop's store of names, on that loop
 * @param rates makes a loop's way to what is counted, on that loop
 * @param answers where answers can be read again
 * @param history what became of requests
 * @param bodies what clients sent
 * @param replaying room for answers that are given again
 * @param replies where answers of a zone's requests go; null while they can't be read
 * @param budgets refuses what can't be paid at all
 * @param leaving whether connections end with the request that is under way on them
 * @param draining whether new calls are turned down
 * @param notices what keys try and may not
 * @param alerts that were raised
 * @param inFlight requests accepted and not ended
 * @param arrivals connections of the port, from their acceptance on
 */
record LoopParts(
        IngressSettings settings,
        @Nullable Tls tls,
        Authenticator authenticator,
        Directory directory,
        Changes changes,
        AuditLog audit,
        @Nullable LedgerQueries ledger,
        Prices prices,
        RouteBook routes,
        ReplyDispatcher dispatcher,
        Supplier<Outbox> outboxes,
        Supplier<IdempotencyStore> names,
        Supplier<RateStore> rates,
        AnswerSource answers,
        RequestHistory history,
        RequestBodies bodies,
        Semaphore replaying,
        Function<Zone, @Nullable ReplyAddress> replies,
        HealthPages health,
        NoticeBoard notices,
        AlertLog alerts,
        MemoryBudget memory,
        BudgetGate budgets,
        AtomicBoolean leaving,
        AtomicBoolean draining,
        AtomicInteger inFlight,
        Arrivals arrivals,
        Meters meters) {}
