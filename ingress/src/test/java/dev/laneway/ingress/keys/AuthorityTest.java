package dev.laneway.ingress.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.control.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ada is the admin of team red, bob and carl are in it; dan is in team blue. */
class AuthorityTest {
    private static final Terms TEN = Terms.limited(new RateLimits(10, 0, 0, 0, 0, 0));

    private final Directory directory = new Directory();
    private final Authority authority = new Authority(directory);
    private final Control.Team red =
            team("red", Map.of("ada", Role.TEAM_ADMIN, "bob", Role.MEMBER, "carl", Role.MEMBER));
    private final Control.Team blue = team("blue", Map.of("dan", Role.MEMBER));

    AuthorityTest() {
        directory.put(red);
        directory.put(blue);
        List.of("ada", "bob", "carl", "dan", "free").forEach(id -> directory.put(user(id, false)));
    }

    private static Control.Team team(String id, Map<String, Role> members) {
        return new Control.Team(1, id, null, TEN, members, false, false, null, Map.of(), 0);
    }

    private static Control.User user(String id, boolean deleted) {
        return new Control.User(deleted ? 2 : 1, id, null, null, null, Terms.NONE, false, deleted, null, Map.of(), 0);
    }

    private static Control.Key key(String id, @Nullable String team, @Nullable String user) {
        return new KeyDraft(id, "ab".repeat(32), 0).team(team).user(user).build();
    }

    private static Caller caller(String user, String team, Role role) {
        return new Caller("key_" + user, null, new Payer(team, user, List.of()), role);
    }

    private static Caller caller(String name) {
        return switch (name) {
            case "master" -> Caller.MASTER;
            case "ada" -> caller("ada", "red", Role.TEAM_ADMIN);
            case "dan" -> caller("dan", "blue", Role.MEMBER);
            case "reader" -> caller("bob", "red", Role.READ_ONLY);
            default -> caller(name, "red", Role.MEMBER);
        };
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "master, blue, dan, true",
                "ada, red, carl, true",
                "ada, red, -, true",
                "ada, blue, dan, false",
                "ada, blue, ada, false",
                "ada, -, free, false",
                "bob, red, bob, true",
                "bob, red, carl, false",
                "bob, red, -, false",
                "bob, blue, bob, false",
                "bob, -, bob, false",
                "reader, red, carl, false",
                "dan, red, bob, false",
            })
    void shouldShowKeysOfATeamToItsAdminAndToOthersTheirOwn(
            String caller, @Nullable String team, @Nullable String user, boolean seen) {
        assertThat(authority.maySee(caller(caller), key("key_x", team, user))).isEqualTo(seen);
    }

    @Test
    void shouldShowEachKeyToItself() {
        assertThat(authority.maySee(new Caller("key_x"), key("key_x", "red", "carl")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"master, true", "ada, true", "bob, true", "dan, false"})
    void shouldShowATeamToWhoeverIsInIt(String caller, boolean seen) {
        assertThat(authority.maySee(caller(caller), red)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "master, dan, true",
        "ada, bob, true",
        "ada, dan, false",
        "ada, free, false",
        "bob, bob, true",
        "bob, carl, false",
        "bob, ada, false",
    })
    void shouldShowUsersToTheAdminOfTheirTeamAndToThemselves(String caller, String user, boolean seen) {
        assertThat(authority.maySee(caller(caller), user(user, false))).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "master, carl, true",
        "ada, carl, true",
        "bob, bob, true",
        "bob, carl, false",
        "reader, carl, false",
        "dan, dan, false",
        "dan, bob, false",
    })
    void shouldTellWhatAMemberIsHeldToToTheAdminOfTheTeamAndToTheMember(String caller, String user, boolean seen) {
        assertThat(authority.maySeeMember(caller(caller), red, user)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "master, red, bob, 99, true",
        "ada, red, bob, 10, true",
        "ada, red, bob, 11, false",
        "ada, red, ada, 5, false",
        "ada, blue, dan, 5, false",
        "bob, red, bob, 5, false",
        "bob, red, carl, 5, false",
    })
    void shouldLetTheAdminOfATeamHoldItsMembersAlone(
            String caller, String team, String user, long requestsPerMinute, boolean may) {
        Terms terms = Terms.limited(new RateLimits(requestsPerMinute, 0, 0, 0, 0, 0));

        String why = authority.mayNotHold(caller(caller), team.equals("red") ? red : blue, user, terms);

        assertThat(why == null).as(String.valueOf(why)).isEqualTo(may);
    }

    private Control.Team changed(Terms terms, Map<String, Role> members, boolean blocked, boolean deleted) {
        return new Control.Team(1, "red", "Reds", terms, members, blocked, deleted, null, Map.of("a", "b"), 0);
    }

    @ParameterizedTest
    @CsvSource({"master, true", "ada, true", "bob, false", "reader, false", "dan, false"})
    void shouldLetTheAdminOfATeamSayWhatItIsCalled(String caller, boolean may) {
        String why = authority.mayNot(caller(caller), red, changed(TEN, red.members(), false, false));

        assertThat(why == null).as(String.valueOf(why)).isEqualTo(may);
    }

    @Test
    void shouldLetNobodyButAnAdminChangeWhatATeamMayAndWhetherItIsThere() {
        List<Control.Team> changes = List.of(
                changed(Terms.NONE, red.members(), false, false),
                changed(TEN, red.members(), true, false),
                changed(TEN, red.members(), false, true),
                changed(TEN, Map.of("ada", Role.ADMIN), false, false));

        assertThat(changes).allSatisfy(change -> {
            assertThat(authority.mayNot(caller("ada"), red, change)).isNotNull();
            assertThat(authority.mayNot(Caller.MASTER, red, change)).isNull();
        });
        assertThat(authority.mayNot(caller("ada"), null, red)).isNotNull();
        assertThat(authority.mayNot(caller("ada"), blue, blue)).isNotNull();
    }

    private @Nullable String takingIn(String user) {
        Map<String, Role> members = new HashMap<>(red.members());
        members.put(user, Role.MEMBER);
        return authority.mayNot(caller("ada"), red, changed(TEN, members, false, false));
    }

    @Test
    void shouldLetTheAdminOfATeamTakeInWhomNobodyHas() {
        assertThat(takingIn("free")).isNull();
        assertThat(takingIn("dan")).isNotNull();
        assertThat(takingIn("nobody")).isNotNull();
    }

    @Test
    void shouldLetTheAdminOfATeamTakeInWhomNobodyHasAnyMore() {
        directory.put(new Control.Team(2, "blue", null, TEN, blue.members(), false, true, null, Map.of(), 0));
        directory.put(new KeyDraft("key_old", "cd".repeat(32), 0)
                .team("blue")
                .user("dan")
                .deleted(true)
                .by("cmd_1", 1)
                .build());

        assertThat(takingIn("dan")).isNull();
    }

    @Test
    void shouldNotLetTheAdminOfATeamTakeInWhoHasAKeyOfAnother() {
        directory.put(new KeyDraft("key_free", "cd".repeat(32), 0)
                .team("blue")
                .user("free")
                .by("cmd_1", 1)
                .build());

        assertThat(takingIn("free")).isNotNull();
    }

    @Test
    void shouldNotLetTheAdminOfATeamTakeInWhoIsGone() {
        directory.put(user("free", true));

        assertThat(takingIn("free")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"bob, true", "dan, false", "free, false", "nobody, false"})
    void shouldLetTheAdminOfATeamMakeKeysOfThoseWhoAreInIt(String user, boolean may) {
        String why = authority.mayNot(caller("ada"), null, key("key_new", "red", user));

        assertThat(why == null).as(String.valueOf(why)).isEqualTo(may);
    }
}
