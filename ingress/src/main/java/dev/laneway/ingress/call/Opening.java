package dev.laneway.ingress.call;

import dev.laneway.contracts.Request;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.rate.RateGate;
import dev.laneway.ingress.rate.RatePass;
import dev.laneway.runtime.money.Windows;

/** Publishes requests that have their place in their lane, as far as the limits of those who ask go. One event loop. */
final class Opening {
    private final Desk desk;
    private final FrontDoor door;
    private final RateGate gate;
    private final Windows windows = new Windows();

    Opening(Desk desk, FrontDoor door, RateGate gate) {
        this.desk = desk;
        this.door = door;
        this.gate = gate;
    }

    /**
     * Publishes a request; else turns its call down, and gives back its place and its body's room. What can't be paid at all is turned down
     * before it counts against any limit.
     *
     * @param outlivesClient whether the work goes on when the client leaves
     * @param turnedDown called where it is not published
     */
    void open(
            Call call, Admission admission, Request request, byte[] body, boolean outlivesClient, Runnable turnedDown) {
        RateGate.Comer comer = new RateGate.Comer() {
            @Override
            public void passed(RatePass pass) {
                if (call.response().closed()) {
                    pass.refund();
                    refused(Rejection.of(Refusal.GONE, call));
                } else {
                    OpenRequest.open(desk, call, admission, request, body, outlivesClient, pass);
                }
            }

            @Override
            public void refused(Rejection why) {
                turnedDown.run();
                admission.place().leave();
                desk.memory.release(body.length);
                door.refuse(call, new Caller(request.owner()), why);
            }
        };
        Rejection unpaid = desk.budgets.refusal(call, request, admission.card().route(), windows);
        if (unpaid == null) {
            gate.admit(call, request, admission.card().route().name(), comer);
        } else {
            AnswerHeaders.known(call, request.route(), admission.card());
            AnswerHeaders.counted(call.response(), 0, 0);
            comer.refused(unpaid);
        }
    }
}
