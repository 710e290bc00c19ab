<?php
/**
 * Jobs for later, as Action Scheduler takes them.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

/**
 * @param array<mixed> $args Handed to the hook.
 */
function as_enqueue_async_action(
	string $hook,
	array $args = array(),
	string $group = '',
	bool $unique = false,
	int $priority = 10
): int {
	return stand_in_add_job( $hook, $args, $group, 0, 0, $unique );
}

/**
 * @param array<mixed> $args Handed to the hook.
 */
function as_schedule_single_action(
	int $timestamp,
	string $hook,
	array $args = array(),
	string $group = '',
	bool $unique = false,
	int $priority = 10
): int {
	return stand_in_add_job( $hook, $args, $group, $timestamp, 0, $unique );
}

/**
 * @param array<mixed> $args Handed to the hook.
 */
function as_schedule_recurring_action(
	int $timestamp,
	int $seconds,
	string $hook,
	array $args = array(),
	string $group = '',
	bool $unique = false,
	int $priority = 10
): int {
	return stand_in_add_job( $hook, $args, $group, $timestamp, $seconds, $unique );
}

/**
 * As the real one: a unique job looks at hook and group, not at its arguments.
 *
 * @param array<mixed> $args Handed to the hook.
 */
function stand_in_add_job(
	string $hook,
	array $args,
	string $group,
	int $due_at,
	int $every,
	bool $unique
): int {
	global $wpdb;
	if ( $unique && array() !== stand_in_jobs( $hook, null, $group ) ) {
		return 0;
	}
	$wpdb->insert(
		$wpdb->prefix . 'stand_in_jobs',
		array(
			'hook'   => $hook,
			'args'   => wp_json_encode( array_values( $args ) ),
			'grp'    => $group,
			'due_at' => $due_at,
			'every'  => $every,
			'status' => 'pending',
		)
	);
	return (int) $wpdb->insert_id;
}

/**
 * Jobs that wait; those of any arguments where none are given.
 *
 * @param array<mixed>|null $args What the hook is handed.
 * @return object[] The earliest first.
 */
function stand_in_jobs( string $hook, ?array $args, string $group ): array {
	global $wpdb;
	$sql  = "SELECT * FROM {$wpdb->prefix}stand_in_jobs WHERE status = 'pending'";
	$sql .= '' === $hook ? '' : $wpdb->prepare( ' AND hook = %s', $hook );
	$sql .= '' === $group ? '' : $wpdb->prepare( ' AND grp = %s', $group );
	if ( null !== $args ) {
		$sql .= $wpdb->prepare( ' AND args = %s', wp_json_encode( array_values( $args ) ) );
	}
	return $wpdb->get_results( $sql . ' ORDER BY due_at, id' );
}

/**
 * @param array<mixed>|null $args What the hook is handed.
 * @return int|bool When it is due; true where at once.
 */
function as_next_scheduled_action( string $hook, ?array $args = null, string $group = '' ) {
	$jobs = stand_in_jobs( $hook, $args, $group );
	return array() === $jobs ? false : ( (int) $jobs[0]->due_at ?: true );
}

/** @param array<mixed>|null $args What the hook is handed. */
function as_has_scheduled_action( string $hook, ?array $args = null, string $group = '' ): bool {
	return array() !== stand_in_jobs( $hook, $args, $group );
}

/**
 * All of a hook or all of a group; with both, those of exactly these arguments.
 *
 * @param array<mixed>|null $args What the hook is handed.
 */
function as_unschedule_all_actions(
	?string $hook,
	?array $args = array(),
	string $group = ''
): void {
	global $wpdb;
	$any = array() === $args && ( '' === (string) $hook || '' === $group );
	foreach ( stand_in_jobs( (string) $hook, $any ? null : $args, $group ) as $job ) {
		$wpdb->delete( $wpdb->prefix . 'stand_in_jobs', array( 'id' => $job->id ) );
	}
}

/** @param array<mixed>|null $args What the hook is handed. */
function as_unschedule_action( string $hook, ?array $args = null, string $group = '' ): ?int {
	global $wpdb;
	$job = stand_in_jobs( $hook, $args, $group )[0] ?? null;
	if ( null === $job ) {
		return null;
	}
	$wpdb->delete( $wpdb->prefix . 'stand_in_jobs', array( 'id' => $job->id ) );
	return (int) $job->id;
}

/** Runs what is due. */
final class ActionScheduler_QueueRunner { // phpcs:ignore
	public static function instance(): self {
		return new self();
	}

	/** Each job once, whoever else runs; how many were run. */
	public function run( string $context = 'WP Cron' ): int {
		global $wpdb;
		$table = $wpdb->prefix . 'stand_in_jobs';
		$count = 0;
		foreach ( stand_in_jobs( '', null, '' ) as $job ) {
			if ( (int) $job->due_at > time() ) {
				continue;
			}
			$claim = array( 'id' => $job->id, 'status' => 'pending' );
			if ( 1 !== $wpdb->update( $table, array( 'status' => 'running' ), $claim ) ) {
				continue;
			}
			++$count;
			$status = 'complete';
			try {
				do_action_ref_array( $job->hook, json_decode( $job->args, true ) );
			} catch ( Exception $e ) {
				$status = 'failed';
			}
			$wpdb->update( $table, array( 'status' => $status ), array( 'id' => $job->id ) );
			if ( (int) $job->every > 0 ) {
				$args = json_decode( $job->args, true );
				$next = time() + (int) $job->every;
				stand_in_add_job( $job->hook, $args, $job->grp, $next, (int) $job->every, false );
			}
		}
		return $count;
	}
}
