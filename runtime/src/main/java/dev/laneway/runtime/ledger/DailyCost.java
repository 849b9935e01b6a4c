package dev.laneway.runtime.ledger;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a key cost on a day, at one vendor's model. An absent name is the empty one.
 *
 * @param day of UTC, as {@code 2026-11-30}
 * @param owner the id of the key that called
 * @param team whose it was
 * @param user the key's user
 * @param model the vendor's name of it
 * @param requests that ended, at the model that answered
 * @param inputTokens of prompts
 * @param outputTokens generated
 * @param dollars exact, open estimates among them
 */
public record DailyCost(
        String day,
        String owner,
        String team,
        String user,
        String model,
        long requests,
        long inputTokens,
        long outputTokens,
        BigDecimal dollars) {
    public DailyCost {
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(team, "team");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(dollars, "dollars");
    }
}
