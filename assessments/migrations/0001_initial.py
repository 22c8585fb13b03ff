"""All tables, and the triggers of `models/triggers.py`."""

import assessments.models.assessment
import assessments.models.organisation
import assessments.models.result
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from assessments.models import triggers


def install(apps, schema_editor):
    for statement in triggers.install(schema_editor.connection.vendor, triggers.FIRST_VERSION_COLUMNS):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.remove(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    # With its own name these were the 38 migrations of version 0.1: a database that has them all has this one
    replaces = [('assessments', name) for name in (
            '0002_triggers', '0003_kept_answers', '0004_invitations', '0005_change_since_last', '0006_last_save',
            '0007_scenarios', '0008_edits', '0009_planning', '0010_exports', '0011_tokens', '0012_interviews',
            '0013_open_pages', '0014_roadmap_actions', '0015_brand_and_commentary', '0016_leaving',
            '0017_translations', '0018_hand_overs', '0019_workshops', '0020_benchmarks', '0021_hand_over_by_name',
            '0022_verified', '0023_organisations_by_name', '0024_audit_chain', '0025_audit_events_linked',
            '0026_result_of_a_cohort_member', '0027_sessions', '0028_name_reviews', '0029_kept_reports',
            '0030_result_salt', '0031_checksums_anew', '0032_origin_known', '0033_outgoing_emails',
            '0034_exports_wait_for_storage', '0035_figures_in_range', '0036_who_counts',
            '0037_assessment_is_its_name', '0038_product_words',
    )]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language')),
                ('is_staff', models.BooleanField(default=False, verbose_name='can open the admin')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('signed_out', models.PositiveIntegerField(default=0, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='actor', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='at')),
                ('actor', models.UUIDField(null=True, verbose_name='actor')),
                ('verb', models.CharField(max_length=40, verbose_name='what')),
                ('object_type', models.CharField(max_length=40, verbose_name='kind of object')),
                ('object_id', models.CharField(max_length=64, verbose_name='object')),
                ('number', models.PositiveBigIntegerField(editable=False, null=True, unique=True, verbose_name='number')),
                ('hash', models.CharField(db_default='', default='', editable=False, max_length=64, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'audit event',
                'verbose_name_plural': 'audit log',
                'ordering': ('-at', '-pk'),
                'indexes': [
                    models.Index(fields=['object_type', 'object_id'], name='events_of_an_object'),
                    models.Index(condition=models.Q(('number', None)), fields=['id'], name='events_to_link'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Consultancy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('accent', models.CharField(blank=True, max_length=7, verbose_name='accent colour')),
                ('imprint', models.TextField(blank=True, max_length=1000, verbose_name='imprint')),
                ('disclaimer', models.TextField(blank=True, max_length=1000, verbose_name='disclaimer')),
                ('consultants', models.ManyToManyField(blank=True, related_name='consultancies', to=settings.AUTH_USER_MODEL, verbose_name='consultants')),
            ],
            options={
                'verbose_name': 'consultancy',
                'verbose_name_plural': 'consultancies',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('time_zone', models.CharField(default='UTC', max_length=64, validators=[assessments.models.organisation.validate_time_zone], verbose_name='time zone')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo data')),
                ('is_verified', models.BooleanField(default=False, help_text='Someone has checked that this organisation exists and that its leads speak for it. Only verified organisations count in benchmarks; otherwise a few invented ones could reveal a real one’s figures.', verbose_name='verified')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ('name',),
                'indexes': [
                    models.Index(fields=['name', '-id'], name='organisation_by_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('consultancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='assessments.consultancy')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='assessments.organisation')),
            ],
            options={
                'verbose_name': 'engagement',
                'verbose_name_plural': 'engagements',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='engagement_ends_after_it_begins'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('member', 'Member')], max_length=10, verbose_name='role')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='assessments.organisation')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'constraints': [
                    models.UniqueConstraint(fields=('organisation', 'user'), name='one_membership_a_person'),
                    models.CheckConstraint(condition=models.Q(('role__in', ('lead', 'member'))), name='membership_role_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='QuestionBank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\Z', 'Use letters, digits, dots, hyphens and underscores, starting with a letter or a digit; 64 characters at most.')], verbose_name='key')),
            ],
            options={
                'verbose_name': 'question bank',
                'verbose_name_plural': 'question banks',
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='BankVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=100, validators=[django.core.validators.RegexValidator('\\A(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\Z', 'Write the version as three numbers: 1.0.0.')], verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', editable=False, max_length=10, verbose_name='state')),
                ('title', models.CharField(verbose_name='title')),
                ('language', models.CharField(default='en', help_text='A BCP 47 tag such as en or ar.', max_length=35, verbose_name='language')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('licence', models.CharField(blank=True, verbose_name='licence')),
                ('about', models.TextField(blank=True, help_text='One paragraph for respondents.', verbose_name='about')),
                ('retired', models.JSONField(blank=True, default=list, verbose_name='retired keys')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published')),
                ('checksum', models.CharField(blank=True, editable=False, max_length=80, verbose_name='checksum')),
                ('languages', models.JSONField(default=dict, editable=False)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessments.questionbank')),
            ],
            options={
                'verbose_name': 'bank version',
                'verbose_name_plural': 'bank versions',
                'constraints': [
                    models.UniqueConstraint(fields=('bank', 'version'), name='one_version_number_a_bank'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'published', 'retired'))), name='version_state_known'),
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('published_at__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='published_is_sealed'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Pillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('key', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\Z', 'Use letters, digits, dots, hyphens and underscores, starting with a letter or a digit; 64 characters at most.')], verbose_name='key')),
                ('name', models.CharField(verbose_name='name')),
                ('short', models.CharField(blank=True, max_length=24, verbose_name='short name for charts')),
                ('group', models.CharField(blank=True, verbose_name='group')),
                ('weight', models.FloatField(default=1, help_text='0, or from 0.001 to 1000. 0: shown, not scored.', verbose_name='weight')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pillars', to='assessments.bankversion')),
            ],
            options={
                'verbose_name': 'pillar',
                'verbose_name_plural': 'pillars',
                'ordering': ('order', 'pk'),
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'key'), name='one_pillar_key_a_version'),
                    models.CheckConstraint(condition=models.Q(('weight', 0), models.Q(('weight__gte', 0.001), ('weight__lte', 1000)), _connector='OR'), name='pillar_weight_is_sound'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('key', models.CharField(max_length=64, validators=[django.core.validators.RegexValidator('\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\Z', 'Use letters, digits, dots, hyphens and underscores, starting with a letter or a digit; 64 characters at most.')], verbose_name='key')),
                ('text', models.TextField(verbose_name='question')),
                ('help', models.TextField(blank=True, verbose_name='help')),
                ('short', models.CharField(blank=True, max_length=24, verbose_name='short name for charts')),
                ('error', models.TextField(blank=True, help_text='Select the statement that best describes how …', verbose_name='error phrase')),
                ('covers', models.JSONField(blank=True, default=list, verbose_name='practices covered')),
                ('weight', models.FloatField(default=1, help_text='0, or from 0.001 to 1000. 0: shown, not scored.', verbose_name='weight')),
                ('essential_at', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(5)], verbose_name='essential at level')),
                ('essential_reason', models.TextField(blank=True, verbose_name='why essential')),
                ('allows_na', models.BooleanField(default=False, verbose_name='can be “not applicable”')),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='assessments.pillar')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ('order', 'pk'),
                'constraints': [
                    models.UniqueConstraint(fields=('pillar', 'key'), name='one_question_key_a_pillar'),
                    models.CheckConstraint(condition=models.Q(('weight', 0), models.Q(('weight__gte', 0.001), ('weight__lte', 1000)), _connector='OR'), name='question_weight_is_sound'),
                    models.CheckConstraint(condition=models.Q(('essential_at', None), models.Q(('essential_at__gte', 2), ('essential_at__lte', 5)), _connector='OR'), name='essential_at_2_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='level')),
                ('text', models.TextField(verbose_name='descriptor')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='assessments.question')),
            ],
            options={
                'verbose_name': 'level descriptor',
                'verbose_name_plural': 'level descriptors',
                'ordering': ('level',),
                'constraints': [
                    models.UniqueConstraint(fields=('question', 'level'), name='one_anchor_a_level'),
                    models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='anchor_level_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='level')),
                ('name', models.CharField(verbose_name='name')),
                ('summary', models.TextField(verbose_name='summary')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='assessments.bankversion')),
            ],
            options={
                'verbose_name': 'level name',
                'verbose_name_plural': 'level names',
                'ordering': ('number',),
                'constraints': [
                    models.UniqueConstraint(fields=('version', 'number'), name='one_name_a_level'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 5)), name='level_name_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('from_level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='from level')),
                ('action', models.TextField(verbose_name='action')),
                ('owner', models.CharField(blank=True, verbose_name='owner')),
                ('effort', models.FloatField(blank=True, null=True, verbose_name='effort in person-months')),
                ('horizon', models.CharField(blank=True, choices=[('90d', '90 days'), ('6m', '6 months'), ('12m', '12 months')], max_length=3, verbose_name='within')),
                ('requires', models.JSONField(blank=True, default=list, verbose_name='requires')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='next_steps', to='assessments.question')),
            ],
            options={
                'verbose_name': 'next step',
                'verbose_name_plural': 'next steps',
                'ordering': ('order', 'pk'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('from_level__gte', 1), ('from_level__lte', 5)), name='step_from_1_to_5'),
                    models.CheckConstraint(condition=models.Q(('effort', None), ('effort__gt', 0), _connector='OR'), name='effort_above_zero'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(help_text='A BCP 47 tag such as de or ar.', max_length=35, verbose_name='language')),
                ('version', models.CharField(max_length=100, validators=[django.core.validators.RegexValidator('\\A(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\Z', 'Write the version as three numbers: 1.0.0.')], verbose_name='version')),
                ('texts', models.JSONField(default=dict)),
                ('sources', models.JSONField(default=dict)),
                ('is_offered', models.BooleanField(default=False, verbose_name='offered to readers')),
                ('bank_version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='assessments.bankversion')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
                'ordering': ('language',),
                'constraints': [
                    models.UniqueConstraint(fields=('bank_version', 'language'), name='one_translation_a_language'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TranslationEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verb', models.CharField(choices=[('loaded', 'loaded'), ('changed', 'changed'), ('copied', 'copied'), ('offered', 'offered'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('version', models.CharField(max_length=100)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='assessments.translation')),
            ],
            options={
                'verbose_name': 'edit of a translation',
                'verbose_name_plural': 'edits of translations',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name of the assessment')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed'), ('released', 'Released')], default='draft', max_length=10, verbose_name='state')),
                ('confidentiality', models.CharField(choices=[('confidential', 'Confidential'), ('named', 'Named')], default='confidential', max_length=12, verbose_name='who can see answers')),
                ('for_one', models.BooleanField(default=False, verbose_name='for one person')),
                ('targets', models.JSONField(blank=True, default=dict, verbose_name='targets')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('reminder_days', models.JSONField(blank=True, default=list, verbose_name='reminders, in days before the due date')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('opened_at', models.DateTimeField(editable=False, null=True)),
                ('closed_at', models.DateTimeField(editable=False, null=True)),
                ('released_at', models.DateTimeField(editable=False, null=True)),
                ('result_was_erased', models.BooleanField(default=False, editable=False)),
                ('bank_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assessments.bankversion')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='assessments.organisation')),
            ],
            options={
                'verbose_name': 'assessment',
                'verbose_name_plural': 'assessments',
                'indexes': [
                    models.Index(fields=['organisation', '-created_at'], name='rounds_of_an_organisation'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'open', 'closed', 'released'))), name='round_state_known'),
                    models.CheckConstraint(condition=models.Q(('confidentiality__in', ('confidential', 'named'))), name='round_confidentiality_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('function', models.CharField(choices=[('ceo', 'Chief executive'), ('technology', 'Technology'), ('people', 'People'), ('legal', 'Legal'), ('operations', 'Operations'), ('other', 'Other')], default='other', max_length=12, verbose_name='function')),
                ('pseudonym', models.CharField(default=assessments.models.assessment.new_pseudonym, editable=False, max_length=40)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='assessments.assessment')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='participations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'participants',
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'user'), name='a_person_takes_part_once'),
                    models.UniqueConstraint(fields=('assessment', 'pseudonym'), name='one_pseudonym_a_participant'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted')], default='draft', max_length=10)),
                ('mode', models.CharField(choices=[('self', 'Answered in person'), ('interview', 'Recorded in an interview')], default='self', max_length=10)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='submission', to='assessments.participant')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'submitted'))), name='submission_state_known'),
                    models.CheckConstraint(condition=models.Q(('state', 'draft'), ('submitted_at__isnull', False), _connector='OR'), name='submitted_has_a_moment'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('other', models.CharField(blank=True, choices=[('dont_know', 'I don’t know'), ('not_applicable', 'Not applicable')], max_length=14)),
                ('reason', models.TextField(blank=True)),
                ('comment', models.TextField(blank=True)),
                ('evidence_grade', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(3)])),
                ('evidence_text', models.TextField(blank=True)),
                ('evidence_link', models.CharField(blank=True, max_length=2000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('pages', models.JSONField(blank=True, default=list, editable=False)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assessments.question')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='assessments.submission')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['submission', '-saved_at'], name='last_save_of_a_submission'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'question'), name='one_answer_a_question'),
                    models.CheckConstraint(condition=models.Q(('level', None), models.Q(('level__gte', 1), ('level__lte', 5)), _connector='OR'), name='answer_level_1_to_5'),
                    models.CheckConstraint(condition=models.Q(('level', None), ('other', ''), _connector='OR'), name='a_level_or_another_choice'),
                    models.CheckConstraint(condition=models.Q(('other__in', ('', 'dont_know', 'not_applicable'))), name='other_choice_known'),
                    models.CheckConstraint(condition=models.Q(('evidence_grade', None), ('evidence_grade__lte', 3), _connector='OR'), name='evidence_grade_0_to_3'),
                ],
            },
        ),
        migrations.CreateModel(
            name='KeptAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pillar', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('kept_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='assessments.submission')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('user', 'submission', 'pillar'), name='one_page_is_kept_a_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='workshop', serialize=False, to='assessments.assessment')),
                ('turn', models.PositiveIntegerField(default=1)),
                ('order', models.JSONField(default=list)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'workshop',
                'verbose_name_plural': 'workshops',
            },
        ),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('revealed_at', models.DateTimeField(editable=False, null=True)),
                ('counts', models.JSONField(default=list, editable=False)),
                ('dont_know', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='askings', to='assessments.workshop')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.question')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['workshop', 'question'], name='askings_of_a_question'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('dont_know', None), ('revealed_at', None)), models.Q(('dont_know__isnull', False), ('revealed_at__isnull', False)), _connector='OR'), name='counted_when_revealed'),
                ],
            },
        ),
        migrations.AddField(
            model_name='workshop',
            name='current',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assessments.asking'),
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('asking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='assessments.asking')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assessments.participant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('asking', 'participant'), name='one_vote_a_person'),
                    models.CheckConstraint(condition=models.Q(('level', None), models.Q(('level__gte', 1), ('level__lte', 5)), _connector='OR'), name='vote_level_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgreedAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='agreed level')),
                ('reason', models.TextField(verbose_name='reason')),
                ('dissent', models.TextField(blank=True, verbose_name='dissent')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('earlier', models.JSONField(default=list, editable=False)),
                ('agreed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreed', to='assessments.assessment')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.question')),
            ],
            options={
                'verbose_name': 'agreed answer',
                'verbose_name_plural': 'agreed answers',
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'question'), name='one_agreed_answer_a_question'),
                    models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='agreed_level_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveSmallIntegerField()),
                ('result', models.TextField()),
                ('answers', models.TextField()),
                ('engine', models.CharField(max_length=20)),
                ('salt', models.CharField(default=assessments.models.result.new_salt, editable=False, max_length=32)),
                ('checksum', models.CharField(max_length=80)),
                ('origin', models.CharField(choices=[('here', 'Scored here'), ('rescored', 'Imported; scoring it again gave the same result'), ('delivered', 'As delivered, not verified')], default='here', editable=False, max_length=9)),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('index', models.FloatField(null=True)),
                ('level', models.PositiveSmallIntegerField(null=True)),
                ('comparability', models.CharField(choices=[('comparable', 'Comparable'), ('indicative', 'Indicative'), ('none', 'Not comparable')], max_length=10, null=True)),
                ('change', models.FloatField(null=True)),
                ('change_is_real', models.BooleanField(null=True)),
                ('counted', models.JSONField(default=dict)),
                ('differing', models.JSONField(default=list)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='assessments.assessment')),
                ('compared_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assessments.result')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'revision'), name='one_result_a_revision'),
                    models.CheckConstraint(condition=models.Q(('comparability', None), ('comparability__in', ('comparable', 'indicative', 'none')), _connector='OR'), name='comparability_known'),
                    models.CheckConstraint(condition=models.Q(('change_is_real', None), ('change__isnull', False), _connector='OR'), name='a_verdict_has_its_change'),
                    models.CheckConstraint(condition=models.Q(('index', None), models.Q(('index__gte', 0.999999999), ('index__lte', 5.000000001)), _connector='OR'), name='index_1_to_5'),
                    models.CheckConstraint(condition=models.Q(('level', None), models.Q(('level__gte', 0.999999999), ('level__lte', 5.000000001)), _connector='OR'), name='level_1_to_5'),
                    models.CheckConstraint(condition=models.Q(('change', None), models.Q(('change__gte', -4.000000001), ('change__lte', 4.000000001)), _connector='OR'), name='change_within_scale'),
                    models.CheckConstraint(condition=models.Q(('origin__in', ('here', 'rescored', 'delivered'))), name='origin_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PillarResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=64)),
                ('status', models.CharField(max_length=14)),
                ('score', models.FloatField(null=True)),
                ('level', models.PositiveSmallIntegerField(null=True)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pillars', to='assessments.result')),
            ],
            options={
                'ordering': ('order',),
                'constraints': [
                    models.UniqueConstraint(fields=('result', 'key'), name='one_row_a_pillar'),
                    models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 0.999999999), ('score__lte', 5.000000001)), _connector='OR'), name='pillar_score_1_to_5'),
                    models.CheckConstraint(condition=models.Q(('level', None), models.Q(('level__gte', 0.999999999), ('level__lte', 5.000000001)), _connector='OR'), name='pillar_level_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Commentary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pillar', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='commentary')),
                ('checksum', models.CharField(max_length=80)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commentaries', to='assessments.assessment')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consultancy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assessments.consultancy')),
            ],
            options={
                'verbose_name': 'commentary',
                'verbose_name_plural': 'commentaries',
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'pillar'), name='one_commentary_a_pillar'),
                    models.CheckConstraint(condition=models.Q(('revision__gte', 1)), name='commentary_revisions_count_from_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('levels', models.JSONField(verbose_name='levels')),
                ('checksum', models.CharField(max_length=80)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='assessments.assessment')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'scenario',
                'verbose_name_plural': 'scenarios',
                'indexes': [
                    models.Index(fields=['assessment', '-created_at'], name='scenarios_of_a_round'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RoadmapAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('checksum', models.CharField(max_length=80)),
                ('question', models.CharField(blank=True, max_length=64)),
                ('title', models.CharField(max_length=300, verbose_name='action')),
                ('owner', models.CharField(blank=True, max_length=150, verbose_name='owner')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('horizon', models.CharField(choices=[('90d', '90 days'), ('6m', '6 months'), ('12m', '12 months')], max_length=3, verbose_name='within')),
                ('effort', models.FloatField(blank=True, null=True, verbose_name='effort in person-months')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('started', 'Started'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=8, verbose_name='state')),
                ('done_on', models.DateField(editable=False, null=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roadmap', to='assessments.assessment')),
                ('requires', models.ManyToManyField(blank=True, related_name='required_by', to='assessments.roadmapaction')),
            ],
            options={
                'verbose_name': 'action',
                'verbose_name_plural': 'actions',
                'indexes': [
                    models.Index(fields=['assessment', 'position'], name='actions_of_a_round'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('question', ''), _negated=True), fields=('assessment', 'question'), name='one_action_a_question'),
                    models.CheckConstraint(condition=models.Q(('status__in', ('planned', 'started', 'done', 'dropped'))), name='action_state_known'),
                    models.CheckConstraint(condition=models.Q(('horizon__in', ('90d', '6m', '12m'))), name='action_horizon_known'),
                    models.CheckConstraint(condition=models.Q(('effort', None), ('effort__gt', 0), _connector='OR'), name='action_effort_above_0'),
                    models.CheckConstraint(condition=models.Q(('effort', None), ('effort__lte', 1000), _connector='OR'), name='action_effort_has_an_end'),
                    models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('done_on', None)), _connector='OR'), name='done_on_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('email', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('expires_at', models.DateTimeField(editable=False, null=True)),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('requested_at', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='assessments.assessment')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to='assessments.participant')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['assessment', 'email'], name='invitations_of_a_round'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=('participant',), name='one_standing_invitation'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='assessments.participant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('participant', 'due_on', 'kind'), name='one_notice_of_a_kind'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='assessments.participant')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('participant', 'day'), name='one_reminder_a_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reopened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reopenings', to='assessments.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('email', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('expires_at', models.DateTimeField(editable=False, null=True)),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('requested_at', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('note', models.TextField(blank=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.pillar')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='assessments.submission')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('submission', 'pillar'), name='a_pillar_is_passed_to_one_person'),
                    models.CheckConstraint(condition=models.Q(('user', None), ('used_at__isnull', False), _connector='OR'), name='a_colleague_has_accepted'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('email', models.EmailField(max_length=254)),
                ('token_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('expires_at', models.DateTimeField(editable=False, null=True)),
                ('used_at', models.DateTimeField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('requested_at', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='assessments.submission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OutgoingEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('about', models.CharField(blank=True, max_length=36)),
                ('to', models.EmailField(max_length=320, verbose_name='recipient')),
                ('base_url', models.CharField(blank=True, max_length=300)),
                ('sealed', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('dead', 'Not delivered')], default='queued', max_length=6, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('last_error', models.CharField(blank=True, choices=[('unreachable', 'The mail server did not answer.'), ('refused', 'The mail server rejected it.'), ('address', 'The mail server rejected the address.'), ('broken', 'The e-mail could not be written. The reason is in the log.')], max_length=11, verbose_name='last error')),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued')),
                ('tried_at', models.DateTimeField(null=True, verbose_name='last attempt')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('give_up_at', models.DateTimeField(verbose_name='tried until')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='assessments.participant')),
            ],
            options={
                'verbose_name': 'e-mail',
                'verbose_name_plural': 'e-mails',
                'indexes': [
                    models.Index(condition=models.Q(('state', 'queued')), fields=['next_attempt_at'], name='emails_by_next_attempt'),
                    models.Index(fields=['kind', 'about'], name='emails_about_a_row'),
                    models.Index(fields=['queued_at'], name='emails_by_age'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ('queued', 'sent', 'dead'))), name='email_state_known'),
                    models.CheckConstraint(condition=models.Q(('state', 'queued'), ('sealed', ''), _connector='OR'), name='email_secrets_end_with_the_queue'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('major', models.PositiveIntegerField()),
                ('quarter', models.DateField()),
                ('is_published', models.BooleanField(default=False)),
                ('n', models.PositiveIntegerField(null=True)),
                ('frozen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('bank', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='assessments.questionbank')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('bank', 'major', 'quarter'), name='one_cohort_a_quarter'),
                    models.CheckConstraint(condition=models.Q(models.Q(('is_published', True), ('n__gte', 10)), models.Q(('is_published', False), ('n', None)), _connector='OR'), name='cohort_of_ten'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CohortMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.UUIDField()),
                ('index', models.FloatField()),
                ('scores', models.JSONField(default=dict)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='assessments.cohort')),
                ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assessments.result')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('cohort', 'alias'), name='counted_once_a_cohort'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PeerConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('since', models.DateField(default=django.utils.timezone.localdate, verbose_name='since')),
                ('until', models.DateField(null=True, verbose_name='until')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='peer_consents', to='assessments.organisation')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'consent to benchmarks',
                'verbose_name_plural': 'consents to benchmarks',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('until', None)), fields=('organisation',), name='one_standing_consent_an_organisation'),
                    models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='consent_ends_after_it_begins'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seal_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('language', models.CharField(max_length=16)),
                ('state', models.CharField(choices=[('making', 'In progress'), ('packing', 'Creating ZIP'), ('ready', 'Ready'), ('empty', 'Failed')], default='making', max_length=8)),
                ('file', models.FileField(blank=True, max_length=200, upload_to='')),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('checksum', models.CharField(blank=True, max_length=80)),
                ('waits_for_storage', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(db_index=True, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='assessments.organisation', verbose_name='client')),
            ],
            options={
                'verbose_name': 'export',
                'verbose_name_plural': 'exports',
                'indexes': [
                    models.Index(fields=['user', '-created_at'], name='exports_of_a_person'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ('making', 'packing', 'ready', 'empty'))), name='export_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_type', models.CharField(choices=[('pdf', 'Report (PDF)'), ('xlsx', 'Workbook (Excel)'), ('docx', 'Report (Word)'), ('csv', 'Table (CSV)'), ('json', 'Data (JSON)')], max_length=4)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('made', 'Created'), ('failed', 'Failed')], default='waiting', max_length=7)),
                ('failure_type', models.CharField(blank=True, choices=[('closed', 'You no longer manage this assessment, or it has no result.'), ('slow', 'The report took too long and was stopped.'), ('libraries', 'PDF reports need system libraries that are not installed here.'), ('stopped', 'It was started three times and never finished.'), ('broken', 'It could not be created. The reason is in the log.')], max_length=9)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('file', models.FileField(blank=True, max_length=200, upload_to='')),
                ('checksum', models.CharField(blank=True, max_length=80)),
                ('assessment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='assessments.assessment')),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='assessments.export')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(fields=('export', 'assessment', 'file_type'), name='one_file_a_round_and_format'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'made', 'failed'))), name='export_file_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
            ],
            options={
                'verbose_name': 'handover',
                'verbose_name_plural': 'handovers',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('assessments.export',),
        ),
        migrations.CreateModel(
            name='KeptReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('file', models.CharField(max_length=200)),
                ('size', models.PositiveBigIntegerField()),
                ('kept_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_reports', to='assessments.assessment')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('assessment', 'key'), name='one_kept_report_a_round_and_key'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('png', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('checksum', models.CharField(max_length=80)),
                ('words', models.CharField(blank=True, max_length=150)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('consultancy', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='logo', to='assessments.consultancy')),
                ('organisation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='logo', to='assessments.organisation')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('consultancy', None), ('organisation__isnull', False)), models.Q(('consultancy__isnull', False), ('organisation', None)), _connector='OR'), name='a_logo_has_one_owner'),
                    models.CheckConstraint(condition=models.Q(('height__gte', 1), ('width__gte', 1)), name='a_logo_has_a_size'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Snippet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('pillar', models.CharField(blank=True, max_length=64, verbose_name='pillar')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='level')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(max_length=10000, verbose_name='text')),
                ('consultancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snippets', to='assessments.consultancy')),
            ],
            options={
                'verbose_name': 'snippet',
                'verbose_name_plural': 'snippets',
                'ordering': ('pillar', 'level', 'title', 'pk'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('level', None), ('level__range', (1, 5)), _connector='OR'), name='snippet_level_1_to_5'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('reads_portfolio', models.BooleanField(default=False, verbose_name='portfolio')),
                ('reads_results', models.BooleanField(default=False, verbose_name='results')),
                ('reads_exports', models.BooleanField(default=False, verbose_name='exports')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(editable=False)),
                ('last_used_at', models.DateTimeField(editable=False, null=True)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
                'indexes': [
                    models.Index(fields=['user', '-created_at'], name='tokens_of_a_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('browser', models.CharField(blank=True, max_length=30)),
                ('system', models.CharField(blank=True, max_length=30)),
                ('began_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NameReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('consultancy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='name_reviews', to='assessments.consultancy')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='name_reviews', to='assessments.organisation')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('consultancy__isnull', False), ('organisation', None)), models.Q(('consultancy', None), ('organisation__isnull', False)), _connector='OR'), name='a_name_review_has_one_owner'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verb', models.CharField(choices=[('added', 'added'), ('changed', 'changed'), ('moved', 'moved'), ('deleted', 'deleted'), ('restored', 'restored'), ('imported', 'imported'), ('copied', 'copied'), ('published', 'published'), ('retired', 'retired')], max_length=10)),
                ('kind', models.CharField(choices=[('version', 'Version'), ('pillar', 'Pillar'), ('question', 'Question'), ('order', 'Order'), ('whole', 'Whole bank')], max_length=10)),
                ('row', models.BigIntegerField(null=True)),
                ('key', models.CharField(blank=True, max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='assessments.bankversion')),
            ],
            options={
                'verbose_name': 'edit',
                'verbose_name_plural': 'edits',
                'ordering': ('-at', '-pk'),
                'indexes': [
                    models.Index(fields=['version', 'kind', 'row', '-at'], name='edits_of_a_thing'),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
