package dev.laneway.e2e.money;

import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Holds the model that the simulation runs over to what Redis does. */
class ModelBudgetStoreTest extends BudgetStoreContract {
    private final ModelRedis redis = new ModelRedis(System::currentTimeMillis);
    private final ModelRedis.View view = redis.view("w1", ModelRedis.Line.STRAIGHT);

    {
        redis.epoch("run.first");
    }

    @Override
    <T> T on(Supplier<Future<T>> step) throws Exception {
        return step.get().await(1, TimeUnit.SECONDS);
    }

    @Override
    Reserver reserver() {
        return view;
    }

    @Override
    BudgetStore store() {
        return view;
    }

    @Override
    ClaimStore claims() {
        return view;
    }

    @Override
    String anotherEpoch() {
        redis.epoch("run.another");
        return "run.another";
    }

    @Override
    void endEpoch() {
        redis.epoch("run.ended");
    }

    @Override
    State state(Window of) {
        return new State(redis.spent(of), redis.held(of));
    }

    @Override
    boolean hasLeftovers() {
        return redis.hasLeftovers();
    }
}
