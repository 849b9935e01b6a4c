package dev.laneway.standalone.prove;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.CloudModel;
import dev.laneway.testkit.calls.Call;

/**
 * A call as the side that got it logged it.
 *
 * @param side which simulated side was called
 * @param runsIn where the real one would have run: outside too, where a server inside passes the model on to its vendor's cloud
 * @param attempt the gateway's attempt id, from {@code x-client-request-id}; empty where there was none
 * @param account whose address was called
 * @param status the HTTP status sent
 * @param fault how it was made to fail; empty where it answered
 * @param time when it arrived, ISO 8601
 * @param bodySha256 of the request's body, in hex
 */
public record SeenCall(
        Side side,
        Zone runsIn,
        String attempt,
        String account,
        String model,
        boolean stream,
        int status,
        String fault,
        String time,
        String bodySha256) {
    static SeenCall of(Side side, Call call) {
        Zone runsIn = side == Side.OUTSIDE || CloudModel.is(call.model()) ? Zone.CLOUD : Zone.LOCAL;
        return new SeenCall(
                side,
                runsIn,
                call.attemptId(),
                Stage.account(call.path()),
                call.model(),
                call.stream(),
                call.status(),
                call.fault(),
                call.started().toString(),
                call.bodySha256());
    }

    /** Whether it was made for that request. */
    boolean isOf(String requestId) {
        return attempt.startsWith(requestId + ":");
    }
}
