package dev.laneway.standalone.requests;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which dead letters a command is about. */
final class DeadFilter {
    private DeadFilter() {}

    /** Ends the command where a lane's or zone's name can't be one; an empty one is none. */
    static void require(CommandSpec spec, String lane, String zone) {
        if (!lane.isEmpty() && !Topics.SEGMENT.matcher(lane).matches()) {
            throw new ParameterException(spec.commandLine(), "no lane has the name " + lane);
        }
        if (!zone.isEmpty()
                && Stream.of(Zone.values()).noneMatch(known -> known.id().equals(zone))) {
            throw new ParameterException(spec.commandLine(), "a zone is local or cloud, not " + zone);
        }
    }
}
