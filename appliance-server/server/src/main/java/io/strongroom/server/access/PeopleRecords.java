package io.strongroom.server.access;

import io.strongroom.server.access.AccessTrail.Deed;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * What is recorded of people: coming and going in {@code system.access}, what changes who may do what in
 * {@code system.admin} (design §3). Called last in the transaction that does it: what cannot be recorded is not done.
 */
@Singleton
final class PeopleRecords {
    private final AccessTrail trail;

    PeopleRecords(AccessTrail trail) {
        this.trail = trail;
    }

    /** Something about a session. */
    void session(String officer, String action, String session, Map<String, Object> attributes) {
        trail.tell("system.access", new Deed("Officer", officer, action, "Session", session, attributes));
    }

    /** Something that an officer, or the bootstrap administrator, changed. */
    void change(Caller by, String action, String resourceType, String resource, Map<String, Object> attributes) {
        trail.tell("system.admin", new Deed(by.type(), by.id(), action, resourceType, resource, attributes));
    }

    /** Something that whoever had the setup code did. */
    void setUp(String action, String resourceType, String resource, Map<String, Object> attributes) {
        trail.tell("system.admin", new Deed("SetupCode", Setup.MAKER, action, resourceType, resource, attributes));
    }

    /** Something that the appliance itself did, such as at its start, as somebody on its host asked. */
    void appliance(String action, String resourceType, String resource, Map<String, Object> attributes) {
        trail.tell("system.admin", new Deed("Service", "strongroom", action, resourceType, resource, attributes));
    }

    /** Something that an officer who is not signed in changed of their own account. */
    void own(String officer, String action, Map<String, Object> attributes) {
        trail.tell("system.admin", new Deed("Officer", officer, action, "User", officer, attributes));
    }
}
