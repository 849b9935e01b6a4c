package dev.laneway.testkit.server;

import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultNames;
import dev.laneway.testkit.wire.VendorError;
import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request on its way through the simulator.
 *
 * @param request the request
 * @param target what its path means
 * @param wire the vendor's format
 * @param key the caller's key, empty when it sent none
 * @param account fingerprint of the key
 * @param call its record
 * @param requestId the vendor's id of it
 */
record Visit(
        HttpServerRequest request,
        Target target,
        VendorWire wire,
        String key,
        String account,
        LiveCall call,
        String requestId) {

    String path() {
        return request.path();
    }

    /** An error in the vendor's words. */
    Reply error(VendorError error) {
        wire.errorHeaders(request.response().headers(), error);
        return Reply.whole(error.status(), Reply.JSON, body(error), 0);
    }

    String body(VendorError error) {
        return wire.body(error, requestId);
    }

    String event(VendorError error) {
        return wire.event(error, requestId);
    }

    /** An error in this vendor's words, as the end of a stream that has begun. */
    String broken(VendorError error) {
        return wire.broken(error, requestId);
    }

    /** Records that the fault takes effect. */
    void meets(Fault fault) {
        call.meets(FaultNames.spec(fault).toString());
    }
}
