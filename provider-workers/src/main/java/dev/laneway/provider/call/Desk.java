package dev.laneway.provider.call;

import dev.laneway.contracts.BodyRef;
import dev.laneway.provider.claims.Claims;
import dev.laneway.provider.credentials.Credentials;
import dev.laneway.provider.health.VendorHealth;
import dev.laneway.provider.meters.WorkerMeters;
import dev.laneway.provider.rates.Allotments;
import dev.laneway.provider.reply.Outbox;
import dev.laneway.provider.reply.Outcomes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a run works with; one for all runs of a worker.
 *
 * @param context where all of it happens
 * @param clock epoch milliseconds
 * @param connectTimeoutMillis after which a connection that isn't there counts as refused
 * @param region for the ledger
 * @param bill what calls cost
 * @param allotments what routers counted of attempts
 * @param bodies reads a body that did not travel with its event
 */
public record Desk(
        Context context,
        LongSupplier clock,
        long connectTimeoutMillis,
        String region,
        Claims claims,
        Function<BodyRef, Future<byte[]>> bodies,
        Exchanges exchanges,
        Credentials credentials,
        Bill bill,
        Allotments allotments,
        VendorClient vendors,
        Outbox outbox,
        Outcomes outcomes,
        VendorHealth health,
        WorkerMeters meters) {}
