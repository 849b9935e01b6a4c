package dev.laneway.router.reserve;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Requests;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.notices.NoticeBoard;
import dev.laneway.runtime.notices.NoticeOutlet;
import java.util.ArrayList;
import java.util.List;

/** A router's notices, by a clock that a test moves. */
final class GatheredNotices implements NoticeOutlet {
    private final List<String> published = new ArrayList<>();
    private final NoticeBoard board;
    private long now = Requests.START;

    GatheredNotices(Meters meters) {
        RouterMeters router = new RouterMeters(meters, Zone.CLOUD);
        board = new NoticeBoard("r", () -> now, router.noticed(), router.noticesDropped("too_many_keys"));
    }

    NoticeBoard board() {
        return board;
    }

    List<String> publish() {
        board.publish(this);
        return published;
    }

    void secondLater() {
        now += 1_000;
        board.publish(this);
    }

    /** Owner, kind and count of each. */
    List<String> published() {
        return published;
    }

    @Override
    public void notice(Fact.Noticed noticed) {
        published.add(noticed.owner() + " " + noticed.kind().id() + " " + noticed.count());
    }

    @Override
    public boolean available() {
        return true;
    }
}
