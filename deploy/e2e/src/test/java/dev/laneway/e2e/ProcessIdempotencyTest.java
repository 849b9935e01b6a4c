package dev.laneway.e2e;

import dev.laneway.runtime.idempotency.ProcessIdempotency;

class ProcessIdempotencyTest extends IdempotencyStoreContract {
    private ProcessIdempotency both;

    @Override
    void open() {
        both = new ProcessIdempotency(System::currentTimeMillis, false);
        store = both;
        records = both;
    }

    @Override
    void forget() {
        both.forget();
    }
}
