package dev.laneway.accounting.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InTurnTest {
    private final InTurn turns = new InTurn(2);
    private final List<Promise<String>> asked = new ArrayList<>();

    private Future<String> ask() {
        return turns.ask(() -> {
            Promise<String> answer = Promise.promise();
            asked.add(answer);
            return answer.future();
        });
    }

    @Test
    void shouldAskNoMoreThanItsNumberAtOnce() {
        for (int i = 0; i < 500; i++) {
            ask();
        }

        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldAskTheNextWhenOneIsAnswered() {
        Future<String> first = ask();
        ask();
        Future<String> third = ask();

        asked.getFirst().complete("one");

        assertThat(first.result()).isEqualTo("one");
        asked.get(2).complete("three");
        assertThat(third.result()).isEqualTo("three");
    }

    @Test
    void shouldGoOnAfterOneThatFails() {
        Future<String> first = ask();
        ask();
        ask();

        asked.getFirst().fail("away");

        assertThat(first.failed()).isTrue();
        assertThat(asked).hasSize(3);
    }
}
