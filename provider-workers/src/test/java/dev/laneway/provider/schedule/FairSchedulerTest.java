package dev.laneway.provider.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.WorkClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairSchedulerTest {
    private static Line line(String lane, int weight, WorkClass workClass) {
        return new Line(lane, weight, workClass, "d_1", "acme", 1_000);
    }

    private static Line capped(String deployment, int cap, WorkClass workClass) {
        return new Line("routine", 1, workClass, deployment, "acme", cap);
    }

    private static List<Ticket<String>> startAll(FairScheduler<String> scheduler) {
        List<Ticket<String>> started = new ArrayList<>();
        Ticket<String> ticket = scheduler.next(any -> true);
        while (ticket != null) {
            started.add(ticket);
            ticket = scheduler.next(any -> true);
        }
        return started;
    }

    @Test
    void shouldStartInOrderWithinALine() {
        FairScheduler<String> scheduler = new FairScheduler<>(10);
        Line line = line("routine", 1, WorkClass.INTERACTIVE);
        scheduler.offer(line, "a");
        scheduler.offer(line, "b");
        scheduler.offer(line, "c");

        List<Ticket<String>> started = startAll(scheduler);

        assertThat(started).extracting(Ticket::item).containsExactly("a", "b", "c");
    }

    @Test
    void shouldNeverStartMoreThanItsSlots() {
        FairScheduler<String> scheduler = new FairScheduler<>(3);
        Line line = line("routine", 1, WorkClass.INTERACTIVE);
        for (int i = 0; i < 10; i++) {
            scheduler.offer(line, "item");
        }

        List<Ticket<String>> started = startAll(scheduler);

        assertThat(started).hasSize(3);
        assertThat(scheduler.running()).isEqualTo(3);
        assertThat(scheduler.waiting(WorkClass.INTERACTIVE)).isEqualTo(7);
    }

    @Test
    void shouldNeverStartMoreThanADeploymentsCapAcrossLanes() {
        FairScheduler<String> scheduler = new FairScheduler<>(100);
        for (int i = 0; i < 10; i++) {
            scheduler.offer(new Line("routine", 1, WorkClass.INTERACTIVE, "d_1", "acme", 4), "one");
            scheduler.offer(new Line("premium", 1, WorkClass.INTERACTIVE, "d_1", "acme", 4), "two");
            scheduler.offer(new Line("premium", 1, WorkClass.INTERACTIVE, "d_2", "acme", 2), "three");
        }

        List<Ticket<String>> started = startAll(scheduler);

        assertThat(started).extracting(Ticket::item).filteredOn("three"::equals).hasSize(2);
        assertThat(started).hasSize(6);
    }

    @Test
    void shouldKeepAFifthOfTheSlotsForInteractiveWork() {
        FairScheduler<String> scheduler = new FairScheduler<>(100);
        for (int i = 0; i < 1_000; i++) {
            scheduler.offer(line("routine", 1, WorkClass.DEFERRED), "deferred");
        }

        List<Ticket<String>> started = startAll(scheduler);

        assertThat(started).hasSize(80);
    }

    @Test
    void shouldKeepASlotOfASmallDeploymentForInteractiveWork() {
        FairScheduler<String> scheduler = new FairScheduler<>(100);
        for (int i = 0; i < 10; i++) {
            scheduler.offer(capped("d_1", 2, WorkClass.DEFERRED), "deferred");
        }
        List<Ticket<String>> before = startAll(scheduler);
        scheduler.offer(capped("d_1", 2, WorkClass.INTERACTIVE), "interactive");

        List<Ticket<String>> after = startAll(scheduler);

        assertThat(before).hasSize(1);
        assertThat(after).extracting(Ticket::item).containsExactly("interactive");
    }

    @Test
    void shouldServeDeferredWorkOnTheOnlySlotAtLeastEveryTenthTime() {
        FairScheduler<String> scheduler = new FairScheduler<>(1);
        for (int i = 0; i < 1_000; i++) {
            scheduler.offer(line("routine", 1, WorkClass.INTERACTIVE), "interactive");
            scheduler.offer(line("routine", 1, WorkClass.DEFERRED), "deferred");
        }

        List<String> served = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Ticket<String> ticket = scheduler.next(any -> true);
            served.add(ticket.item());
            scheduler.release(ticket);
        }

        assertThat(served).filteredOn("deferred"::equals).hasSize(10);
    }

    @Test
    void shouldShareSlotsByWeight() {
        FairScheduler<String> scheduler = new FairScheduler<>(90);
        for (int i = 0; i < 1_000; i++) {
            scheduler.offer(line("heavy", 2, WorkClass.INTERACTIVE), "heavy");
            scheduler.offer(line("light", 1, WorkClass.INTERACTIVE), "light");
        }

        List<Ticket<String>> started = startAll(scheduler);

        assertThat(started).extracting(Ticket::item).filteredOn("heavy"::equals).hasSize(60);
        assertThat(started).extracting(Ticket::item).filteredOn("light"::equals).hasSize(30);
    }

    @Test
    void shouldPassOverLinesThatAreNotOpen() {
        FairScheduler<String> scheduler = new FairScheduler<>(10);
        scheduler.offer(capped("d_paused", 10, WorkClass.DEFERRED), "paused");
        scheduler.offer(capped("d_open", 10, WorkClass.DEFERRED), "open");

        Ticket<String> first = scheduler.next(line -> !line.deployment().equals("d_paused"));
        Ticket<String> second = scheduler.next(line -> !line.deployment().equals("d_paused"));

        assertThat(first.item()).isEqualTo("open");
        assertThat(second).isNull();
    }

    @Test
    void shouldTakeBackWhatWaits() {
        FairScheduler<String> scheduler = new FairScheduler<>(1);
        Line line = line("routine", 1, WorkClass.INTERACTIVE);
        scheduler.offer(line, "runs");
        Ticket<String> running = scheduler.next(any -> true);
        Ticket<String> gone = scheduler.offer(line, "gone");
        scheduler.offer(line, "next");

        scheduler.release(gone);
        scheduler.release(gone);
        scheduler.release(running);

        assertThat(scheduler.next(any -> true).item()).isEqualTo("next");
        assertThat(scheduler.running()).isEqualTo(1);
        assertThat(scheduler.waiting(WorkClass.INTERACTIVE)).isZero();
    }

    @Test
    void shouldWithdrawAllOfALine() {
        FairScheduler<String> scheduler = new FairScheduler<>(1);
        scheduler.offer(capped("d_1", 1, WorkClass.INTERACTIVE), "a");
        scheduler.offer(capped("d_1", 1, WorkClass.INTERACTIVE), "b");
        scheduler.offer(capped("d_2", 1, WorkClass.INTERACTIVE), "c");

        List<String> withdrawn = scheduler.withdraw(line -> line.deployment().equals("d_1"));

        assertThat(withdrawn).containsExactly("a", "b");
        assertThat(startAll(scheduler)).extracting(Ticket::item).containsExactly("c");
    }

    @Test
    void shouldKeepWhatRunsWhenItTidiesUp() {
        FairScheduler<String> scheduler = new FairScheduler<>(10);
        scheduler.offer(capped("d_1", 1, WorkClass.INTERACTIVE), "runs");
        Ticket<String> running = scheduler.next(any -> true);

        scheduler.tidy();
        scheduler.offer(capped("d_1", 1, WorkClass.INTERACTIVE), "waits");
        Ticket<String> early = scheduler.next(any -> true);
        scheduler.release(running);

        assertThat(early).isNull();
        assertThat(scheduler.next(any -> true).item()).isEqualTo("waits");
    }
}
