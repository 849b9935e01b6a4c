package dev.laneway.accounting.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Scope;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands and alerts have the same few connections, and must find one whatever is summed up. */
class LedgerSpendingTest {
    private final List<Promise<?>> asked = new ArrayList<>();
    private final LedgerSpending spending = new LedgerSpending(pool());

    /** A database that is asked, and answers when the test says so. */
    private Pool pool() {
        Object query = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedQuery.class}, (proxy, method, arguments) -> {
                    Promise<Object> answer = Promise.promise();
                    asked.add(answer);
                    return answer.future();
                });
        return (Pool) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> query);
    }

    private static Window window(Scope scope, int number, long end) {
        return new Window(scope, "holder_" + number, "budget", 0, end, 5);
    }

    @Test
    void shouldHoldNoMoreThanTwoConnectionsHoweverManyWindowsAreAudited() {
        for (int i = 0; i < 300; i++) {
            spending.in(window(Scope.KEY, i, 3_600_000));
            spending.in(window(Scope.DEPLOYMENT, i, 3_600_000));
            spending.in(window(Scope.TEAM, i, 60_000));
            spending.known(Set.of("attempt_" + i));
        }

        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldAskTheDatabaseNothingOfNoAttempts() {
        Future<Set<String>> known = spending.known(Set.of());

        assertThat(known.result()).isEmpty();
        assertThat(asked).isEmpty();
    }
}
