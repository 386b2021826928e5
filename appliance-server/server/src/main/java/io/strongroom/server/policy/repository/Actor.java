package io.strongroom.server.policy.repository;

/**
 * Somebody who works on the policy.
 *
 * @param person as approvals name one (formats §8): the same for whatever account or token they come with
 * @param type of the actor in records: {@code ServiceToken}, {@code User}
 * @param id of the actor in records
 */
public record Actor(String person, String type, String id) {}
