package dev.laneway.dialects.json;

/**
 * Takes members out of an object while a cursor walks it, each with the comma that would be left over. After {@link #next}, a
 * member is either dropped or, its value passed over, kept. One object, one thread.
 */
public final class ObjectEdit {
    private static final int NOTHING = -1;

    private final JsonCursor at;
    private final Splice splice;
    private int keptEnd;
    private int nameStart;
    private int dropped = NOTHING;
    private int droppedEnd;
    private boolean anyKept;

    /** @param at has just stepped into the object */
    public ObjectEdit(JsonCursor at, Splice splice) {
        this.at = at;
        this.splice = splice;
        this.keptEnd = at.position();
    }

    /** Moves to the next member. @return false at the end */
    public boolean next() {
        var more = at.nextMember();
        if (dropped != NOTHING) {
            if (anyKept) {
                splice.remove(keptEnd, droppedEnd);
                keptEnd = droppedEnd;
            } else {
                splice.remove(dropped, more ? at.keyStart() : droppedEnd);
                keptEnd = droppedEnd;
            }
            dropped = NOTHING;
        }
        nameStart = at.keyStart();
        return more;
    }

    /** Takes the member out. */
    public void drop() {
        at.skipValue();
        dropped = nameStart;
        droppedEnd = at.valueEnd();
    }

    /** Leaves the member, whose value the cursor has passed over. */
    public void keep() {
        anyKept = true;
        keptEnd = at.position();
    }

    /** Adds a member at the end; only when there is no next one. */
    public void add(String member) {
        splice.insert(keptEnd, anyKept ? "," + member : member);
        anyKept = true;
    }
}
