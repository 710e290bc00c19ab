<?php
/**
 * The plugin's tables.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * What each table holds, in the form that dbDelta() leaves alone when nothing has changed.
 *
 * Amounts are signed micro-credits, times are milliseconds since 1970 in UTC, days are days since
 * 1970. Keys and texts are bytes: what a caller sent is found again only by exactly the same.
 */
final class Tables {
	/** Counts up with every change of a table. */
	public const VERSION = 3;

	private const ALL = array(
		// One row for each account; every write of the account writes it.
		'accounts'      => '
id bigint(20) NOT NULL auto_increment,
user_id bigint(20) NULL,
created_at bigint(20) NOT NULL,
seq bigint(20) NOT NULL,
version bigint(20) NOT NULL,
digest binary(32) NOT NULL,
last_at bigint(20) NULL,
available bigint(20) NOT NULL,
held bigint(20) NOT NULL,
debt bigint(20) NOT NULL,
last_grant bigint(20) NOT NULL,
last_grant_amount bigint(20) NOT NULL,
last_hold bigint(20) NOT NULL,
subscriptions bigint(20) NOT NULL,
days longtext NOT NULL,
due_at bigint(20) NULL,
zone longtext NOT NULL,
day_zone longtext NULL,
day_zone_until bigint(20) NULL,
thresholds longtext NOT NULL,
alert varbinary(16) NULL,
PRIMARY KEY  (id),
UNIQUE KEY user_id (user_id),
KEY available (available),
KEY debt (debt),
KEY last_at (last_at)',
		'grants'        => "
account bigint(20) NOT NULL,
id bigint(20) NOT NULL,
kind varbinary(16) NOT NULL,
priority bigint(20) NOT NULL,
effective_at bigint(20) NOT NULL,
expires_at bigint(20) NULL,
amount bigint(20) NOT NULL,
order_item varbinary(191) NULL,
subscription bigint(20) NULL,
cycle bigint(20) NULL,
share varbinary(16) NULL,
level bigint(20) NOT NULL,
available bigint(20) NOT NULL,
held bigint(20) NOT NULL,
consumed bigint(20) NOT NULL,
reversed bigint(20) NOT NULL,
expired bigint(20) NOT NULL,
live bigint(20) NOT NULL,
PRIMARY KEY  (account,id),
UNIQUE KEY order_item (order_item,kind),
UNIQUE KEY cycle (account,subscription,cycle,share,level),
KEY live (account,live)",
		// Only ever inserted. `list_` is what a reader is shown, also where it is the hold's.
		'entries'       => '
account bigint(20) NOT NULL,
seq bigint(20) NOT NULL,
kind varbinary(16) NOT NULL,
amount bigint(20) NOT NULL,
debt bigint(20) NOT NULL,
waived bigint(20) NOT NULL,
cost bigint(20) NOT NULL,
grant_id bigint(20) NULL,
hold_id bigint(20) NULL,
lapses_at bigint(20) NULL,
measured bigint(20) NOT NULL,
agent varbinary(191) NOT NULL,
feature varbinary(191) NOT NULL,
model varbinary(191) NOT NULL,
type varbinary(16) NOT NULL,
messages bigint(20) NOT NULL,
call_ms bigint(20) NOT NULL,
images bigint(20) NOT NULL,
rate_version bigint(20) NULL,
movement_item varbinary(191) NULL,
movement_number bigint(20) NULL,
movement_target bigint(20) NULL,
movement_bonus_target bigint(20) NULL,
movement_forgiven bigint(20) NULL,
movement_spared bigint(20) NULL,
reference varbinary(191) NULL,
site varbinary(191) NULL,
list_details varbinary(191) NOT NULL,
list_site varbinary(191) NOT NULL,
reason varbinary(1024) NULL,
request_id varbinary(191) NULL,
request_hash binary(32) NULL,
occurred_at bigint(20) NOT NULL,
booked_at bigint(20) NOT NULL,
day bigint(20) NOT NULL,
digest binary(32) NOT NULL,
PRIMARY KEY  (account,seq),
UNIQUE KEY movement (movement_item,movement_number),
KEY day (account,day,seq)',
		// `remains` is what the grant had left, available and held, behind the draw.
		'draws'         => '
account bigint(20) NOT NULL,
seq bigint(20) NOT NULL,
n bigint(20) NOT NULL,
grant_id bigint(20) NOT NULL,
from_part varbinary(16) NOT NULL,
to_part varbinary(16) NOT NULL,
amount bigint(20) NOT NULL,
remains bigint(20) NOT NULL,
PRIMARY KEY  (account,seq,n)',
		// What a model read and wrote, apart from what customers can read.
		'quantities'    => '
account bigint(20) NOT NULL,
seq bigint(20) NOT NULL,
input_tokens bigint(20) NOT NULL,
output_tokens bigint(20) NOT NULL,
PRIMARY KEY  (account,seq)',
		'holds'         => '
account bigint(20) NOT NULL,
id bigint(20) NOT NULL,
state varbinary(16) NOT NULL,
draws longtext NOT NULL,
opened_at bigint(20) NOT NULL,
lapses_at bigint(20) NOT NULL,
expected longtext NULL,
site varbinary(191) NULL,
reference varbinary(191) NULL,
PRIMARY KEY  (account,id),
KEY state (account,state)',
		// Unique in the whole store, whoever the account is.
		'order_items'   => '
id varbinary(191) NOT NULL,
account bigint(20) NOT NULL,
granted bigint(20) NOT NULL,
bonus bigint(20) NOT NULL,
movements bigint(20) NOT NULL,
target bigint(20) NOT NULL,
bonus_target bigint(20) NOT NULL,
own bigint(20) NOT NULL,
own_bonus bigint(20) NOT NULL,
owed bigint(20) NOT NULL,
lent longtext NOT NULL,
forgiven bigint(20) NOT NULL,
spared bigint(20) NOT NULL,
PRIMARY KEY  (id),
KEY account (account)',
		// Kept for ever: a request has its effect once.
		'requests'      => '
account bigint(20) NOT NULL,
request_id varbinary(191) NOT NULL,
hash binary(32) NOT NULL,
first_seq bigint(20) NOT NULL,
booked bigint(20) NOT NULL,
PRIMARY KEY  (account,request_id)',
		'rollups'       => '
account bigint(20) NOT NULL,
day bigint(20) NOT NULL,
site varbinary(191) NOT NULL,
agent varbinary(191) NOT NULL,
feature varbinary(191) NOT NULL,
model varbinary(191) NOT NULL,
type varbinary(16) NOT NULL,
uses bigint(20) NOT NULL,
failed bigint(20) NOT NULL,
credits bigint(20) NOT NULL,
waived bigint(20) NOT NULL,
messages bigint(20) NOT NULL,
call_ms bigint(20) NOT NULL,
images bigint(20) NOT NULL,
PRIMARY KEY  (account,day,site,agent,feature,model,type)',
		// What days used, where adding it up takes long: kept for one day.
		'day_sums'      => '
account bigint(20) NOT NULL,
today bigint(20) NOT NULL,
used longtext NOT NULL,
PRIMARY KEY  (account)',
		'subscriptions' => '
account bigint(20) NOT NULL,
number bigint(20) NOT NULL,
plan varbinary(191) NOT NULL,
started_at bigint(20) NOT NULL,
paid_until bigint(20) NULL,
next_plan varbinary(191) NULL,
cycles bigint(20) NOT NULL,
cycle_starts_at bigint(20) NULL,
cycle_ends_at bigint(20) NULL,
level bigint(20) NOT NULL,
allowance bigint(20) NOT NULL,
unused bigint(20) NOT NULL,
PRIMARY KEY  (account,number),
KEY plan (plan)',
		// What was paid for a plan elsewhere; unique in the whole store, whoever the account is.
		'plan_sales'    => '
id varbinary(191) NOT NULL,
account bigint(20) NOT NULL,
plan varbinary(191) NOT NULL,
plan_before varbinary(191) NULL,
outcome varbinary(16) NOT NULL,
subscription bigint(20) NOT NULL,
paid_from bigint(20) NULL,
paid_until bigint(20) NULL,
state varbinary(16) NOT NULL,
moves bigint(20) NOT NULL,
PRIMARY KEY  (id),
KEY account (account)',
		// Written with the entries that they tell of, delivered later.
		'outbox'        => '
id bigint(20) NOT NULL auto_increment,
account bigint(20) NOT NULL,
seq bigint(20) NOT NULL,
kind varbinary(32) NOT NULL,
payload longtext NOT NULL,
created_at bigint(20) NOT NULL,
claim varbinary(32) NULL,
claimed_at bigint(20) NULL,
tries bigint(20) NOT NULL,
PRIMARY KEY  (id),
KEY claimed_at (claimed_at)',
		'plans'         => '
plan_key varbinary(191) NOT NULL,
place bigint(20) NOT NULL,
plan longtext NOT NULL,
PRIMARY KEY  (plan_key)',
		'rate_cards'    => '
version bigint(20) NOT NULL,
effective_at bigint(20) NOT NULL,
card longtext NOT NULL,
PRIMARY KEY  (version),
UNIQUE KEY effective_at (effective_at)',
	);

	/**
	 * The names of all tables.
	 *
	 * @return string[]
	 */
	public static function names(): array {
		return array_keys( self::ALL );
	}

	/**
	 * The statement that makes a table.
	 *
	 * @param string $name    Its name among the plugin's.
	 * @param string $full    Its full name.
	 * @param string $collate The site's charset and collation.
	 */
	public static function statement( string $name, string $full, string $collate ): string {
		return "CREATE TABLE $full (" . self::ALL[ $name ] . "\n) ENGINE=InnoDB $collate;";
	}
}
