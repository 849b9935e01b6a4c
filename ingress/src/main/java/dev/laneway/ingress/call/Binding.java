package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import org.jspecify.annotations.Nullable;

/**
 * To which attempt a client's answer is bound, and which of its frames is due: one call's from its first frame on, and from there on only
 * what says that it goes on with what this client was told. One thread.
 */
final class Binding {
    private @Nullable String attempt;
    private int call;
    private int due;

    /** What is to be done with a frame. */
    enum Verdict {
        /** It begins the answer. */
        FIRST,
        /** It is the one that is due. */
        NEXT,
        /** It is due too, and the first of an attempt that takes over; it has a head. */
        TAKES_OVER,
        /** It was there before. */
        DUPLICATE,
        /** One before it is missing. */
        GAP,
        /** It is of another answer than the one that was begun. */
        OTHER
    }

    /** Judges the next frame of the request, and takes it for told where it is one to tell. */
    Verdict take(Reply.Frame frame) {
        boolean first = attempt == null;
        boolean takesOver = !first && frame.seq() >= due && goesOn(frame);
        if (takesOver) {
            attempt = frame.attempt();
            call = frame.call();
        }
        if (!first && !isOfTheSame(frame)) {
            return Verdict.OTHER;
        }
        if (frame.seq() < due) {
            return Verdict.DUPLICATE;
        }
        if (frame.seq() > due || (due == 0 && frame.head() == null)) {
            return Verdict.GAP;
        }
        attempt = frame.attempt();
        call = frame.call();
        due++;
        return first ? Verdict.FIRST : takesOver && frame.head() != null ? Verdict.TAKES_OVER : Verdict.NEXT;
    }

    /** The number of the frame that is due. */
    int due() {
        return due;
    }

    private boolean isOfTheSame(Reply.Frame frame) {
        return frame.attempt().equals(attempt) && frame.call() == call;
    }

    private boolean goesOn(Reply.Frame frame) {
        Reply.Continued continued = frame.continues();
        return continued != null && continued.attempt().equals(attempt) && continued.call() == call;
    }
}
