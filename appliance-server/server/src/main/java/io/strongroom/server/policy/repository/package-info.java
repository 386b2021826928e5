/**
 * The git repository of the policy: hosted over HTTPS, checked push by push, and kept a second time in the object store.
 */
@NullMarked
package io.strongroom.server.policy.repository;

import org.jspecify.annotations.NullMarked;
