package dev.laneway.provider.schedule;

import dev.laneway.contracts.WorkClass;
import java.util.Objects;

/**
 * Attempts that are alike to the scheduler: those of one lane and class to one deployment wait behind each other.
 *
 * @param lane the lane
 * @param weight the lane's share beside other lanes of the class, at least 1
 * @param workClass whether someone waits
 * @param deployment which they call
 * @param account the deployment's
 * @param cap calls to the deployment under way at once, of all lanes and classes; at least 1
 */
public record Line(String lane, int weight, WorkClass workClass, String deployment, String account, int cap) {
    public Line {
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(workClass, "workClass");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(account, "account");
        if (weight < 1 || cap < 1) {
            throw new IllegalArgumentException("weight and cap are at least 1");
        }
    }

    /** Whether it is the same line, whatever a new config says about weight and cap. */
    boolean sameAs(Line other) {
        return workClass == other.workClass && deployment.equals(other.deployment) && lane.equals(other.lane);
    }
}
