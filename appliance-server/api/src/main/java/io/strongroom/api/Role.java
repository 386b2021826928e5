package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person is there for. What each role may do is decided by the policy in force ({@code access.yaml}). */
public enum Role {
    AUDIT_READER("Audit.Reader"),
    AUDIT_INVESTIGATOR("Audit.Investigator"),
    AUDIT_ADMIN("Audit.Admin"),
    EXPORT_OPERATOR("Export.Operator"),
    EXPORT_ADMIN("Export.Admin"),
    COMPLIANCE_REVIEWER("Compliance.Reviewer"),
    SECURITY_ADMIN("Security.Admin"),
    SRE_ADMIN("SRE.Admin");

    private final String wire;

    Role(String wire) {
        this.wire = wire;
    }

    /** The name on the wire, in bundles and in approvals, such as {@code Audit.Reader}. */
    public String wire() {
        return wire;
    }

    /** The role of that name. */
    public static Optional<Role> ofWire(String name) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(name)).findFirst();
    }

    /** All names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Role::wire).collect(Collectors.joining(", "));
    }

    /** The names of these roles, always in the same order. */
    public static List<String> wires(Set<Role> roles) {
        return roles.stream().sorted().map(Role::wire).toList();
    }

    /** Reads the member {@code roles}. */
    public static Set<Role> of(Json.Obj json) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : json.texts("roles")) {
            roles.add(ofWire(name).orElseThrow(() -> new JsonShapeException("roles", "among " + names())));
        }
        return roles;
    }
}
