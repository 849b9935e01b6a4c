package dev.laneway.runtime.notices;

import io.vertx.core.Vertx;
import java.util.Objects;

/** Takes what a board gathers to its outlet, by a timer of the outlet's event loop. To be used on that. */
public final class NoticePost {
    private static final long LOOK_MILLIS = 250;

    private final Vertx vertx;
    private final NoticeBoard board;
    private final NoticeOutlet outlet;
    private final long timer;

    private NoticePost(Vertx vertx, NoticeBoard board, NoticeOutlet outlet) {
        this.vertx = vertx;
        this.board = board;
        this.outlet = outlet;
        this.timer = vertx.setPeriodic(LOOK_MILLIS, id -> board.publish(outlet));
    }

    /** Begins to look: what is noticed is published within a quarter of a second and a second, while the outlet is there. */
    public static NoticePost open(Vertx vertx, NoticeBoard board, NoticeOutlet outlet) {
        return new NoticePost(
                Objects.requireNonNull(vertx, "vertx"),
                Objects.requireNonNull(board, "board"),
                Objects.requireNonNull(outlet, "outlet"));
    }

    /** Publishes the rest, and looks no more. */
    public void close() {
        vertx.cancelTimer(timer);
        board.publishRest(outlet);
    }
}
