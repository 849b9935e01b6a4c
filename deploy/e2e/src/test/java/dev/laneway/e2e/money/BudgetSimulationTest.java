package dev.laneway.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Routers, workers and accountings over one set of budgets, and everything that may happen to them, in virtual time and by a seed. The rules
 * are the real ones: what reserves, marks, settles, books, sums up and restores is what runs in a gateway. Kafka, the ledger's tables and the
 * vendor are models, and so is Redis, which {@link BudgetStoreContract} holds to the real one.
 */
class BudgetSimulationTest {
    private static final long SCHEDULES = Long.getLong("laneway.schedules", 3_000);
    private static final long FIRST = Long.getLong("laneway.seed", 0);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.laneway");
    private static final Level BEFORE = LOG.getLevel();

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(BEFORE);
    }

    @Test
    void shouldNeverPassABudgetNorLoseMoneyWhateverHappens() {
        LongAdder calls = new LongAdder();
        LongAdder refused = new LongAdder();
        LongAdder unknown = new LongAdder();
        LongAdder deaths = new LongAdder();
        LongAdder forgotten = new LongAdder();
        LongAdder unheard = new LongAdder();

        LongStream.range(FIRST, FIRST + SCHEDULES).parallel().forEach(seed -> {
            World world = new World(seed);
            world.run();
            calls.add(world.calls.size());
            refused.add(world.refused);
            unknown.add(world.unknown);
            deaths.add(world.deaths);
            forgotten.add(world.forgotten);
            unheard.add(world.unheard);
        });

        // the storm was one: each of these has to have happened often
        assertThat(calls.sum()).isGreaterThan(5 * SCHEDULES);
        assertThat(refused.sum()).isGreaterThan(2 * SCHEDULES);
        assertThat(unknown.sum()).isGreaterThan(SCHEDULES / 10);
        assertThat(deaths.sum()).isGreaterThan(SCHEDULES);
        assertThat(forgotten.sum()).isGreaterThan(SCHEDULES);
        assertThat(unheard.sum()).as("grants that nobody heard").isGreaterThan(SCHEDULES / 5);
    }
}
