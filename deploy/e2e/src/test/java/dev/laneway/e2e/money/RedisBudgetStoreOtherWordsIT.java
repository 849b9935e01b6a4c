package dev.laneway.e2e.money;

/**
 * The same where workers tell of a reservation in other words than it was made with: as where the router that asked again chose something else,
 * or was of another version.
 */
final class RedisBudgetStoreOtherWordsIT extends RedisBudgetStoreIT {
    @Override
    long maxTokens() {
        return 7;
    }
}
