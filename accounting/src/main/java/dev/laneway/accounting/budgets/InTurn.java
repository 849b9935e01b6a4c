package dev.laneway.accounting.budgets;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets so many questions be under way at a time, and the others wait in the order in which they came: who asks hundreds at once would leave
 * nothing of a pool to anybody else. What bounds those that wait is who asks. One context.
 */
final class InTurn {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param most under way at a time, at least 1 */
    InTurn(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one at a time");
        }
        this.most = most;
    }

    /** What the question comes to, once its turn has come. */
    <T> Future<T> ask(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        waiting.add(() -> question.get().onComplete((value, cause) -> {
            underWay--;
            next();
            if (cause == null) {
                answer.complete(value);
            } else {
                answer.fail(cause);
            }
        }));
        next();
        return answer.future();
    }

    private void next() {
        while (underWay < most && !waiting.isEmpty()) {
            underWay++;
            waiting.remove().run();
        }
    }
}
