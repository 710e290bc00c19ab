<?php
/**
 * Fields of forms.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * The rows of one form, in the look of WordPress's settings. Where the form was refused just now,
 * its fields hold what was entered, and the one that is wrong says so.
 */
final class Controls {
	/** Attributes of a field of keys, addresses and the like: read from left to right everywhere. */
	public const CODE = array( 'dir' => 'ltr', 'spellcheck' => 'false', 'autocapitalize' => 'none' );

	private readonly ?Notice $notice;

	/**
	 * The fields of a form.
	 *
	 * @param string  $form   The action that it is sent to, and what else tells it from others.
	 * @param ?Notice $notice What was said of it; null: what the page's address names.
	 */
	public function __construct( private readonly string $form, ?Notice $notice = null ) {
		$notice     ??= Notice::current();
		$this->notice = $form === $notice?->form ? $notice : null;
	}

	/**
	 * What was entered; null where the form is shown for the first time.
	 *
	 * @return ?array<string, mixed>
	 */
	public function entered(): ?array {
		$entered = $this->notice?->entered ?? array();
		return array() === $entered ? null : $entered;
	}

	/**
	 * A line of text.
	 *
	 * @param string                         $name  The field.
	 * @param string                         $label What it is called.
	 * @param string                         $value What it holds at first.
	 * @param string                         $help  What is said below it.
	 * @param array<string, string|int|bool> $more  Attributes.
	 */
	public function text(
		string $name,
		string $label,
		string $value = '',
		string $help = '',
		array $more = array()
	): string {
		$own   = array( 'name' => $name, 'value' => $this->value( $name, $value ) );
		$usual = array( 'type' => 'text', 'class' => 'regular-text' );
		$input = Markup::tag( 'input', $this->about( $name, $help ) + $own + $more + $usual );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * Lines of text.
	 *
	 * @param string $name  The field.
	 * @param string $label What it is called.
	 * @param string $value What it holds at first.
	 * @param string $help  What is said below it.
	 * @param bool   $code  Whether they are keys or addresses, which no language turns around.
	 */
	public function lines(
		string $name,
		string $label,
		string $value,
		string $help = '',
		bool $code = false
	): string {
		$own   = array( 'name' => $name, 'rows' => 5, 'class' => 'large-text' );
		$own  += $code ? self::CODE : array( 'dir' => 'auto' );
		$text  = esc_textarea( $this->value( $name, $value ) );
		$input = Markup::tag( 'textarea', $this->about( $name, $help ) + $own, "\n" . $text );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * One of some choices.
	 *
	 * @param string                $name    The field.
	 * @param string                $label   What it is called.
	 * @param array<string, string> $choices Texts by value.
	 * @param string                $value   The one that is chosen at first.
	 * @param string                $help    What is said below it.
	 */
	public function select(
		string $name,
		string $label,
		array $choices,
		string $value = '',
		string $help = ''
	): string {
		$about = $this->about( $name, $help );
		$input = self::choice( $name, $choices, $this->value( $name, $value ), $about );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * A box to tick.
	 *
	 * @param string $name    The field.
	 * @param string $label   What it is called.
	 * @param string $text    What stands beside the box.
	 * @param bool   $checked Whether it is ticked at first.
	 * @param string $help    What is said below it.
	 */
	public function check(
		string $name,
		string $label,
		string $text,
		bool $checked,
		string $help = ''
	): string {
		$beside = $this->box( $name, $text, $checked, $this->about( $name, $help ) );
		return $this->row( $name, $label, $beside, $help, false );
	}

	/**
	 * Boxes to tick, all ticked at first.
	 *
	 * @param string                $name  What they are together: refused is said there.
	 * @param string                $label What that is called.
	 * @param array<string, string> $boxes What stands beside each, by field.
	 */
	public function checks( string $name, string $label, array $boxes ): string {
		$text  = esc_html( $label );
		$inner = Markup::tag( 'legend', array( 'class' => 'screen-reader-text' ), $text );
		$first = array_key_first( $boxes );
		foreach ( $boxes as $field => $beside ) {
			// What is wrong with all of them is said of the first.
			$about  = $this->about( $field === $first ? $name : $field, '' );
			$inner .= $this->box( $field, $beside, true, $about ) . '<br>';
		}
		return $this->row( $name, $label, Markup::tag( 'fieldset', array(), $inner ), '', false );
	}

	/**
	 * A field in a row of many: the head of its column is its name.
	 *
	 * @param string                         $name  The field: `name[0][column]`.
	 * @param string                         $label What it is called.
	 * @param string                         $value What it holds.
	 * @param array<string, string|int|bool> $more  Attributes.
	 */
	public function cell( string $name, string $label, string $value, array $more = array() ): string {
		$own   = array( 'type' => 'text', 'name' => $name, 'value' => $value, 'aria-label' => $label );
		$input = Markup::tag( 'input', $this->about( $name, '' ) + $own + $more );
		return $input . $this->wrong( $name );
	}

	/**
	 * A row of the form.
	 *
	 * @param string $name  The field.
	 * @param string $label What it is called.
	 * @param string $input Markup.
	 * @param string $help  What is said below it.
	 * @param bool   $for   Whether the label belongs to one input.
	 */
	public function row(
		string $name,
		string $label,
		string $input,
		string $help = '',
		bool $for = true
	): string {
		$text  = esc_html( $label );
		$label = $for ? Markup::tag( 'label', array( 'for' => $this->id( $name ) ), $text ) : $text;
		$about = array( 'class' => 'description', 'id' => $this->id( $name ) . '-help' );
		return Markup::tag(
			'tr',
			array(),
			Markup::tag( 'th', array( 'scope' => 'row' ), $label ),
			Markup::tag(
				'td',
				array(),
				$input,
				$this->wrong( $name ),
				'' === $help ? '' : Markup::tag( 'p', $about, esc_html( $help ) ),
			),
		);
	}

	/**
	 * The form's table.
	 *
	 * @param string ...$rows As the others give them.
	 */
	public static function rows( string ...$rows ): string {
		$class = array( 'class' => 'form-table', 'role' => 'presentation' );
		return Markup::tag( 'table', $class, Markup::tag( 'tbody', array(), ...$rows ) );
	}

	/**
	 * A choice by itself.
	 *
	 * @param string                         $name    The field.
	 * @param array<string, string>          $choices Texts by value.
	 * @param string                         $value   The one that is chosen.
	 * @param array<string, string|int|bool> $more    Attributes.
	 */
	public static function choice(
		string $name,
		array $choices,
		string $value,
		array $more = array()
	): string {
		$options = '';
		foreach ( $choices as $key => $text ) {
			$is       = (string) $key === $value;
			$own      = array( 'value' => (string) $key, 'selected' => $is );
			$options .= Markup::tag( 'option', $own, esc_html( $text ) );
		}
		return Markup::tag( 'select', array( 'name' => $name ) + $more, $options );
	}

	/**
	 * A button that sends the form.
	 *
	 * @param string $text  What it says.
	 * @param string $kind  `primary`, `link-delete` or '' for a plain one.
	 * @param string $value What it sends as `do`; '' for nothing.
	 */
	public static function button(
		string $text,
		string $kind = 'primary',
		string $value = ''
	): string {
		$class = trim( 'button ' . ( '' === $kind ? '' : "button-$kind" ) );
		$own   = array( 'type' => 'submit', 'class' => $class );
		$do    = '' === $value ? array() : array( 'name' => 'do', 'value' => $value );
		return Markup::tag( 'button', $own + $do, esc_html( $text ) );
	}

	/**
	 * Fields that are not shown.
	 *
	 * @param array<string, string|int> $fields By name.
	 */
	public static function hidden( array $fields ): string {
		$text = '';
		foreach ( $fields as $name => $value ) {
			$own   = array( 'type' => 'hidden', 'name' => $name, 'value' => (string) $value );
			$text .= Markup::tag( 'input', $own );
		}
		return $text;
	}

	/**
	 * The button at the end of a form that is a page of its own.
	 *
	 * @param string $text What it says.
	 */
	public static function submit( string $text ): string {
		return Markup::tag( 'p', array( 'class' => 'submit' ), self::button( $text ) );
	}

	/**
	 * A form behind a question, for what has no way back: the first click only asks.
	 *
	 * @param string $text What the first button says.
	 * @param string $what What happens.
	 * @param string $form Markup of the form.
	 */
	public static function asked( string $text, string $what, string $form ): string {
		$class  = array( 'class' => 'button button-link-delete' );
		$button = Markup::tag( 'summary', $class, esc_html( $text ) );
		return Markup::tag( 'details', array(), $button, Markup::note( $what ), $form );
	}

	/**
	 * A box with its text.
	 *
	 * @param string                          $name    The field.
	 * @param string                          $text    What stands beside it.
	 * @param bool                            $checked Whether it is ticked at first.
	 * @param array<string, string|bool|null> $about   As about() gives it.
	 */
	private function box( string $name, string $text, bool $checked, array $about ): string {
		$entered = $this->entered();
		$is      = null === $entered ? $checked : isset( $entered[ $name ] );
		$own     = array( 'type' => 'checkbox', 'name' => $name, 'value' => '1', 'checked' => $is );
		$input   = Markup::tag( 'input', $about + $own );
		return Markup::tag( 'label', array( 'for' => $about['id'] ), $input, esc_html( " $text" ) );
	}

	/**
	 * What is wrong with a field; '' where nothing is.
	 *
	 * @param string $name The field.
	 */
	private function wrong( string $name ): string {
		$about = array( 'class' => 'field-error', 'id' => $this->id( $name ) . '-error' );
		return $name === $this->notice?->field
			? Markup::tag( 'p', $about, esc_html( $this->notice->text ) )
			: '';
	}

	/**
	 * What a field holds.
	 *
	 * @param string $name  The field.
	 * @param string $value At first.
	 */
	private function value( string $name, string $value ): string {
		$entered = $this->entered()[ $name ] ?? $value;
		return is_string( $entered ) ? $entered : $value;
	}

	/**
	 * Attributes that tie an input to its label, its help and its fault, which it opens at.
	 *
	 * @param string $name The field.
	 * @param string $help What is said below it.
	 * @return array<string, string|bool|null>
	 */
	private function about( string $name, string $help ): array {
		$id    = $this->id( $name );
		$wrong = $name === $this->notice?->field;
		$texts = ( $wrong ? "$id-error" : '' ) . ( '' === $help ? '' : " $id-help" );
		return array(
			'id'               => $id,
			'aria-describedby' => '' === $texts ? null : trim( $texts ),
			'aria-invalid'     => $wrong ? 'true' : null,
			'autofocus'        => $wrong,
		);
	}

	/**
	 * The id of a field within the page.
	 *
	 * @param string $name The field.
	 */
	private function id( string $name ): string {
		return "$this->form-" . strtr( $name, array( '[' => '-', ']' => '' ) );
	}
}
