package dev.laneway.e2e.money;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.kafka.StartMark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A router: the money is reserved as it is; its plan is a deployment by chance, and at most two hops. */
final class SimulatedRouter extends SimulatedProcess {
    final Directory directory = new Directory();
    private final RouterMoney money;
    private final Set<Integer> taken = new HashSet<>();

    SimulatedRouter(World world, String name) {
        super(world, name);
        money = new RouterMoney(
                vertx, directory, redis, World::price, World.DEPLOYMENTS::get, World.METERS, world::now);
    }

    RouterMoney money() {
        return money;
    }

    @Override
    void start() {
        super.start();
        poll();
    }

    private void poll() {
        if (world.router == this) {
            for (int offset = 0; offset < world.inputs.size(); offset++) {
                if (!world.inputsDone.contains(offset) && taken.add(offset)) {
                    handle(offset);
                }
            }
        } else {
            taken.clear();
        }
        after(20 + world.delay(60), this::poll);
    }

    /** A router before this one may have begun with it: what follows from it is looked for in the log, and may come there later. */
    private void handle(int offset) {
        World.Input input = world.inputs.get(offset);
        String begun = world.inputsBegun.putIfAbsent(offset, epoch());
        if (begun != null && world.isDrawn(input) && !world.chance(5)) {
            done(offset);
            return;
        }
        String before = begun == null || begun.equals(epoch()) ? begun : StartMark.NO_EPOCH;
        plan(offset, input, input.maybe() == null ? before : StartMark.NO_EPOCH);
    }

    private void plan(int offset, World.Input input, String maybe) {
        if (world.now() >= input.request().deadline()) {
            ended(offset, input);
            return;
        }
        Deployment chosen = world.anyDeployment();
        Plan plan = Plan.untried("v1", List.of(new Hop("a", List.of(chosen.id()))), 0, true);
        Attempt attempt = new Attempt(
                input.request(), plan, input.hop(), input.hop(), chosen.id(), chosen.account(), 0, world.now());
        perhapsLoseAnswer();
        money.reserve(maybe == null ? attempt : attempt.perhapsAgain(maybe)).onSuccess(answer -> {
            if (answer.granted() != null) {
                publish(offset, answer.granted());
            } else if (answer.denied().kind() == FailureKind.BUDGET_EXCEEDED && input.hop() == 0) {
                plan(offset, new World.Input(input.request(), 1, input.maybe()), maybe);
            } else {
                world.refused++;
                ended(offset, input);
            }
        });
    }

    /** Where the acknowledgement is lost it is published again, as one that may have been. */
    private void publish(int offset, Attempt attempt) {
        boolean unseen = world.chance(15);
        remote(10, () -> world.attempts.add(attempt)).onSuccess(published -> {
            if (unseen) {
                publish(offset, attempt.perhapsAgain(epoch()));
            } else {
                done(offset);
            }
        });
    }

    private void ended(int offset, World.Input input) {
        world.ended.add(input.request().id());
        done(offset);
    }

    private void done(int offset) {
        remote(150, () -> world.router == this && world.inputsDone.add(offset));
    }
}
