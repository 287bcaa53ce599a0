"""Text of a regulation as issued: lines → paragraphs → articles, references, data files."""
