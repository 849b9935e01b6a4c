package dev.laneway.e2e.money;

import dev.laneway.runtime.kafka.StartMark;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A process with a connection to Redis, as {@link dev.laneway.runtime.redis.RedisLink} keeps one: questions and answers stay in order, a lost
 * connection loses answers to what may have been done, and the epoch is what Redis said last. It may die, and it may stand still for a while.
 */
class SimulatedProcess {
    private static final long BEAT_MILLIS = 1_000;
    private static final long ALIVE_MILLIS = 6_000;

    final World world;
    final String name;
    final Vertx vertx = virtual();
    final ModelRedis.View redis;
    private final Set<Long> periodic = new HashSet<>();
    private long timers;
    private boolean dead;
    private long stillUntil;
    private String epoch = StartMark.NO_EPOCH;
    private int connection;
    /** The last connection of which something did not arrive: nothing behind that did. */
    private int broken = -1;

    private int server = -1;
    private long lastThere;
    private long lastBack;
    private boolean deaf;
    private long beatAt = Long.MIN_VALUE / 2;

    SimulatedProcess(World world, String name) {
        this.world = world;
        this.name = name;
        this.redis = world.redis.view(name, new ModelRedis.Line() {
            @Override
            public <T> Future<T> ask(Supplier<T> question) {
                return epoch.equals(StartMark.NO_EPOCH) ? Future.failedFuture("away") : send(question);
            }

            @Override
            public String epoch() {
                return epoch;
            }

            @Override
            public boolean heard() {
                return world.now() - beatAt < ALIVE_MILLIS - 1_000;
            }
        });
    }

    void start() {
        beat(connection);
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    boolean isStill() {
        return world.now() < stillUntil;
    }

    void standStill(long millis) {
        stillUntil = world.now() + millis;
    }

    /** The epoch as it has it. */
    String epoch() {
        return epoch;
    }

    /** Called after each change of it. */
    void epochChanged() {}

    /** Does something later, unless it is dead by then. */
    void after(long millis, Runnable step) {
        world.time.after(millis, () -> {
            if (isStill()) {
                after(stillUntil - world.now(), step);
            } else if (!dead) {
                step.run();
            }
        });
    }

    /** What the world answers a while later; it is done whether the process lives to hear of it or not. */
    <T> Future<T> remote(long most, Supplier<T> step) {
        Promise<T> promise = Promise.promise();
        world.time.after(world.delay(most), () -> {
            try {
                T answer = step.get();
                after(world.delay(most), () -> promise.complete(answer));
            } catch (AwayException away) {
                after(world.delay(most), () -> promise.fail("away"));
            }
        });
        return promise.future();
    }

    /** What is asked is not there. */
    static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AwayException() {
            super("away", null, false, false);
        }
    }

    /** The connection breaks: what is on its way there may arrive, what is on its way back does not. */
    void cut() {
        lost(connection);
    }

    /** What it is about to ask may be granted, and the connection break under the answer: now and then, while the storm lasts. */
    void perhapsLoseAnswer() {
        deaf = world.isStormy() && world.chance(20);
    }

    private <T> Future<T> send(Supplier<T> question) {
        Promise<T> promise = Promise.promise();
        int mine = connection;
        boolean unheard = deaf && world.isStormy();
        deaf = false;
        lastThere = Math.max(lastThere, world.now() + world.delay(world.slow() ? 400 : 4));
        world.time.after(lastThere - world.now(), () -> {
            boolean arrives = mine > broken
                    && !world.redisAway
                    && server == world.server
                    && (mine == connection || world.chance(2));
            if (!arrives) {
                broken = Math.max(broken, mine);
            }
            T answer = arrives ? question.get() : null;
            world.touched();
            if (arrives && unheard && mine == connection) {
                world.unheard++;
                lost(mine);
            }
            lastBack = Math.max(lastBack, world.now() + world.delay(4));
            after(lastBack - world.now(), () -> {
                if (arrives && mine == connection) {
                    promise.complete(answer);
                } else {
                    promise.fail("lost");
                    lost(mine);
                }
            });
        });
        return promise.future();
    }

    private void lost(int which) {
        if (which == connection) {
            connection++;
            int next = connection;
            turn(StartMark.NO_EPOCH);
            after(200 + world.delay(800), () -> beat(next));
        }
    }

    private void beat(int mine) {
        if (mine != connection) {
            return;
        }
        if (world.redisAway) {
            after(200 + world.delay(800), () -> beat(mine));
            return;
        }
        if (epoch.equals(StartMark.NO_EPOCH)) {
            server = world.server;
        }
        long asked = world.now();
        send(() -> world.beat(name, world.now() + ALIVE_MILLIS)).onSuccess(now -> {
            beatAt = asked;
            turn(now);
            after(BEAT_MILLIS, () -> beat(mine));
        });
    }

    private void turn(String now) {
        if (!now.equals(epoch)) {
            epoch = now;
            epochChanged();
        }
    }

    private Vertx virtual() {
        return (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(),
                new Class<?>[] {Vertx.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "timer" -> timer(millis(arguments));
                    case "setPeriodic" -> periodic(millis(arguments), arguments[arguments.length - 1]);
                    case "cancelTimer" -> periodic.remove((Long) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static long millis(Object[] arguments) {
        return arguments.length == 2 && arguments[1] instanceof TimeUnit unit
                ? unit.toMillis((Long) arguments[0])
                : (Long) arguments[0];
    }

    private Timer timer(long millis) {
        Promise<Void> promise = Promise.promise();
        after(millis, promise::complete);
        Future<Void> future = promise.future();
        return (Timer) Proxy.newProxyInstance(
                Timer.class.getClassLoader(),
                new Class<?>[] {Timer.class},
                (proxy, method, arguments) -> call(method, future, arguments));
    }

    private static Object call(Method method, Object on, Object[] arguments) throws ReflectiveOperationException {
        return method.invoke(on, arguments);
    }

    private long periodic(long millis, Object handler) {
        @SuppressWarnings("unchecked") // as Vert.x says it
        Handler<Long> called = (Handler<Long>) handler;
        long id = ++timers;
        periodic.add(id);
        again(id, millis, called);
        return id;
    }

    private void again(long id, long millis, Handler<Long> handler) {
        after(millis, () -> {
            if (periodic.contains(id)) {
                handler.handle(id);
                again(id, millis, handler);
            }
        });
    }
}
