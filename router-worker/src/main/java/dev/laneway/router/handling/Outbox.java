package dev.laneway.router.handling;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import io.vertx.core.Future;

/** Where a router's decisions go. A future succeeds when the broker has acknowledged. */
public interface Outbox {
    /** @param body the record's value as it came, untouched */
    Future<Void> attempt(String topic, Attempt attempt, byte[] body);

    Future<Void> reply(ReplyAddress to, Reply.Failed reply);

    Future<Void> fact(Fact.Ended fact);
}
